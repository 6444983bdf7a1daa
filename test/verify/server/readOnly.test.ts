import { expect, test } from 'vitest'
import { readOnly } from '../../../src/verify/server/readOnly.ts'
import { sharedPglite } from '../trace/shared.ts'

const pglite = sharedPglite()

test('a database that is asked cannot be written to', async () => {
  const client = await pglite()
  await client.exec(`create table t (n int); create sequence s;
    create function grow() returns int language sql as 'insert into public.t values (1) returning n'`)
  const asked = (sql: string) => readOnly(client, (database) => database.select(sql))
  await expect(asked('delete from public.t')).rejects.toThrow('only SELECT is sent')
  await expect(asked('select 1; delete from public.t')).rejects.toThrow('only SELECT is sent')
  for (const sql of [
    `select nextval('public.s')`,
    'select public.grow()',
    'select 1 into public.u',
  ]) {
    await expect(asked(sql), sql).rejects.toThrow('read-only transaction')
  }
  expect(await asked('select 1 as one')).toEqual([{ one: 1 }])
  expect((await client.query('select count(*)::int as n from t')).rows).toEqual([{ n: 0 }])
})
