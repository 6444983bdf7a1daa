import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reset, seed } from '../../../src/verify/trace/index.ts'
import type { TraceClient } from '../../../src/verify/trace/index.ts'
import { sharedPglite } from './shared.ts'

const pglite = sharedPglite()
let client: TraceClient

beforeAll(async () => {
  client = await pglite()
})

beforeEach(async () => {
  await reset(client)
})

async function value(sql: string): Promise<unknown> {
  const { rows } = await client.query(`select (${sql}) as value`)
  return rows[0]?.value
}

const rowsOf = (table: string) => value(`select count(*)::int from ${table}`)

describe('seeding', () => {
  test('fills tables of every built-in type', async () => {
    const { rows } = await client.query(`
      select format_type(oid, -1) as type from pg_type
      where typnamespace = 'pg_catalog'::regnamespace and typtype in ('b', 'r', 'm')
        and typname not like 'reg%' and typname not like 'pg\\_%' and typisdefined
        and typname not in ('aclitem', 'gtsvector', 'cid', 'xid', 'xid8', 'tid', 'refcursor',
          'int2vector', 'oidvector', 'txid_snapshot')
        and typname not like '\\_%'`)
    const columns = rows.map(({ type }, index) => `c${index} ${String(type)} not null`)
    await client.exec(`create table every_type (${columns.join(', ')}, c varchar(2)[] not null)`)
    expect(await seed(client)).toEqual([])
    expect(await rowsOf('every_type')).toBe(1000)
  })

  test('makes foreign keys hold, those there are and those to come', async () => {
    await client.exec(`
      create table parents (a uuid, b int generated always as identity, primary key (a, b));
      create table children (id serial primary key, a uuid, b int, c bigint,
        foreign key (a, b) references parents)`)
    expect(await seed(client)).toEqual([])
    await client.exec(`
      alter table children drop constraint children_a_b_fkey;
      alter table children add foreign key (a, b) references parents;
      alter table children add unique (c)`)
    expect(await rowsOf('children')).toBe(1000)
  })

  test('keeps no row that references one that could not be made', async () => {
    await client.exec(`
      create table parents (id int primary key check (id < 11));
      create table children (id int primary key references parents)`)
    expect(await seed(client)).toEqual([])
    expect(await rowsOf('children')).toBe(10)
  })

  test('leaves out what unique indexes refuse', async () => {
    await client.exec("create type e as enum ('a', 'b', 'c'); create table t (v e unique)")
    expect(await seed(client)).toEqual([])
    expect(await rowsOf('t')).toBe(3)
  })

  test.each([
    ['a range', 'n int not null check (n between 500 and 505)'],
    ['a list', "v text not null check (v in ('open', 'closed'))"],
    ['a pattern', "v text not null check (v ~ '@' and v like '%.org')"],
    ['a length', 'v text not null check (length(v) = 12)'],
    ['two columns', 'at timestamp not null, until timestamp not null, check (until > at)'],
    ['json', "v jsonb not null check (jsonb_typeof(v) = 'array')"],
    ['a generated column', 'v int, w int generated always as (v + 1) stored, check (w > 0)'],
  ])('meets a CHECK of %s', async (_, columns) => {
    await client.exec(`create table t (${columns})`)
    expect(await seed(client)).toEqual([])
  })

  test('meets the CHECKs of domains', async () => {
    await client.exec(`
      create domain positive as int check (value > 100);
      create table t (n positive not null)`)
    expect(await seed(client)).toEqual([])
    expect(await value('select min(n) from t')).toBe(101)
  })

  test('fills partitions by their bounds', async () => {
    await client.exec(`
      create table ranged (k int, at date) partition by range (k);
      create table r1 partition of ranged for values from (5000) to (6000);
      create table dated (at timestamptz not null) partition by range (at);
      create table d1 partition of dated for values from ('2024-01-01') to ('2024-02-01');
      create table listed (k text) partition by list (k);
      create table l1 partition of listed for values in ('x', 'y');
      create table hashed (k int) partition by hash (k);
      create table h1 partition of hashed for values with (modulus 2, remainder 1)`)
    expect(await seed(client)).toEqual([])
    expect(await rowsOf('r1')).toBe(1000)
  })

  test('leaves rows that are there alone', async () => {
    await client.exec('create table t (id int); insert into t values (7)')
    await seed(client)
    expect(await value('select array_agg(id) from t')).toEqual([7])
  })

  test('leaves free keys to those who come after', async () => {
    await client.exec('create table t (id serial primary key, v int)')
    await seed(client)
    await client.exec('insert into t (v) values (1)')
    expect(await rowsOf('t')).toBe(1001)
  })

  test('refreshes materialized views', async () => {
    await client.exec('create table t (id int); create materialized view m as select * from t')
    await seed(client)
    expect(await rowsOf('m')).toBe(1000)
  })

  test('goes round triggers, rules and deferrable keys', async () => {
    await client.exec(`
      create table t (id int primary key deferrable);
      create rule r as on insert to t do instead nothing;
      create function no() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger no before insert on t for each row execute function no()`)
    expect(await seed(client)).toEqual([])
  })

  test('says what it could not fill', async () => {
    await client.exec('create table t (v text not null check (md5(v) = v))')
    expect(await seed(client)).toMatchObject([{ schema: 'public', name: 't' }])
  })
})

describe('NULLs', () => {
  beforeEach(async () => {
    await client.exec('create table t (id int primary key, v text, w int check (w is not null))')
  })

  test('stand nowhere unless asked for', async () => {
    await seed(client)
    expect(await value('select count(*)::int from t where v is null')).toBe(0)
  })

  test('stand in every column that admits them if asked for', async () => {
    await client.exec('alter table t drop constraint t_w_check')
    await seed(client, { nulls: 'all' })
    expect(await value('select count(*)::int from t where v is null and w is null')).toBe(1000)
  })

  test('give way to a CHECK', async () => {
    expect(await seed(client, { nulls: 'all' })).toEqual([])
  })
})
