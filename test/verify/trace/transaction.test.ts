import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reset, total, traceTransaction } from '../../../src/verify/trace/index.ts'
import type { TraceClient } from '../../../src/verify/trace/index.ts'
import { sharedPglite } from './shared.ts'

const pglite = sharedPglite()
let client: TraceClient

beforeAll(async () => {
  client = await pglite()
})

beforeEach(async () => {
  await reset(client)
  await client.exec(`
    create table teams (id int primary key, name text);
    insert into teams select g, g from generate_series(1, 1000) g;
    create table users (id int primary key, team int references teams, email text);
    insert into users select g, g, g from generate_series(1, 1000) g;
    analyze teams, users`)
})

describe('one statement', () => {
  test('shows the locks it takes, its full scans and the indexes it builds', async () => {
    const [trace] = await traceTransaction(client, ['create index i on users (email)'])
    expect(trace).toEqual({
      sql: 'create index i on users (email)',
      locks: { users: 'Share' },
      rewritten: [],
      scanned: ['users'],
      built: ['i'],
      builtOn: ['users'],
      kinds: { i: 'index', users: 'table' },
      names: { i: { schema: 'public', name: 'i' }, users: { schema: 'public', name: 'users' } },
      error: null,
    })
  })

  test('that rewrites a table builds its indexes, but not apart from the rewrite', async () => {
    const [trace] = await traceTransaction(client, ['alter table users alter id type bigint'])
    expect(trace).toMatchObject({
      locks: { users: 'AccessExclusive' },
      rewritten: ['users'],
      scanned: ['users'],
      built: ['users_pkey'],
      builtOn: [],
    })
  })

  test('that looks a row up by its key reads no table in full', async () => {
    const [trace] = await traceTransaction(client, ["update users set email = 'x' where id = 5"])
    expect(trace).toMatchObject({ scanned: [], locks: { users: 'RowExclusive' } })
  })

  test('names relations outside public with their schema', async () => {
    await client.exec('create schema app; create table app."Odd.Name" (id int)')
    const [trace] = await traceTransaction(client, ['drop schema app cascade'])
    expect(trace?.locks).toEqual({ 'app.Odd.Name': 'AccessExclusive' })
  })

  test('is measured the same however often', async () => {
    const sql = ['alter table users alter team type bigint', 'create index i on users (email)']
    const first = await traceTransaction(client, sql)
    expect(await traceTransaction(client, sql)).toEqual(first)
  })
})

describe('statements of one transaction', () => {
  test('only show what they add to what is held already', async () => {
    const traces = await traceTransaction(client, [
      'create index i on users (email)',
      'create index j on users (team)',
      'alter table users add column x int',
      'update users set x = 1',
    ])
    expect(traces.map(({ locks }) => locks.users)).toEqual([
      'Share',
      undefined,
      'AccessExclusive',
      undefined,
    ])
    expect(traces.map(({ scanned }) => scanned)).toEqual([['users'], ['users'], [], ['users']])
  })

  test('count nothing on relations the transaction created', async () => {
    const traces = await traceTransaction(client, [
      'create table fresh as select * from users',
      'create index on fresh (id)',
      'alter table fresh alter id type bigint',
    ])
    expect(traces[0]).toMatchObject({ locks: { users: 'AccessShare' }, scanned: ['users'] })
    for (const trace of traces.slice(1)) {
      expect(trace).toMatchObject({ locks: {}, rewritten: [], scanned: [], built: [] })
    }
  })

  test('name a relation as it was called when the statement began', async () => {
    const traces = await traceTransaction(client, [
      'alter table users rename to people',
      'alter table people alter id type bigint',
    ])
    expect(traces.map(({ locks }) => locks)).toEqual([
      { users: 'AccessExclusive' },
      { users_pkey: 'AccessExclusive' },
    ])
    expect(traces[1]?.rewritten).toEqual(['people'])
  })

  test('end with the first that fails; nothing but the error is recorded of it', async () => {
    const traces = await traceTransaction(client, [
      'alter table users add column x int',
      'alter table users add column y int not null',
      'alter table users add column z int',
    ])
    expect(traces).toHaveLength(2)
    expect(traces[1]).toMatchObject({
      locks: {},
      error: { code: '23502', message: 'column "y" of relation "users" contains null values' },
    })
  })

  test('fail at the end where a deferred constraint does', async () => {
    const traces = await traceTransaction(client, [
      'alter table users alter constraint users_team_fkey deferrable initially deferred',
      'insert into users values (5000, 5000)',
    ])
    expect(traces.map(({ error }) => error?.code)).toEqual([undefined, '23503'])
  })

  test('are rolled back', async () => {
    await traceTransaction(client, ['drop table users', 'create table other ()'])
    const { rows } = await client.query(
      "select tablename from pg_tables where schemaname = 'public' order by 1",
    )
    expect(rows).toEqual([{ tablename: 'teams' }, { tablename: 'users' }])
  })

  test('convert timestamps as the session time zone has it', async () => {
    await client.exec('alter table users add at timestamp default now()')
    const sql = ['alter table users alter at type timestamptz']
    const rewritten = async (timezone?: string) =>
      (await traceTransaction(client, sql, { timezone }))[0]?.rewritten
    expect(await rewritten()).toEqual([])
    expect(await rewritten('Europe/Berlin')).toEqual(['users'])
  })
})

describe('in total', () => {
  test('each relation counts with its strongest lock', async () => {
    const traces = await traceTransaction(client, [
      'create index i on users (email)',
      'alter table users add column x int',
      'alter table teams validate constraint teams_pkey',
    ])
    expect(total(traces)).toMatchObject({
      locks: { users: 'AccessExclusive' },
      scanned: ['users'],
      built: ['i'],
      error: { code: '42809' },
    })
  })
})

describe('outside a transaction', () => {
  test('scans and builds are seen, what is done stays', async () => {
    const sql = ['create index concurrently i on users (email)']
    const [trace] = await traceTransaction(client, sql, { transaction: false })
    expect(trace).toMatchObject({ scanned: ['users'], built: ['i'], locks: {}, error: null })
    const { rows } = await client.query("select to_regclass('i') is not null as there")
    expect(rows).toEqual([{ there: true }])
  })
})
