import { afterEach, describe, expect, test, vi } from 'vitest'
import { openPglite, reset, traceMigration } from '../../../src/verify/trace/index.ts'
import { sharedPglite } from './shared.ts'

const pglite = sharedPglite()
const SET_NOT_NULL = {
  before: 'create table users (id int primary key, email text)',
  sql: ['alter table users alter email set not null'],
}

describe('a migration', () => {
  test('runs on what is deployed, with rows in its tables', async () => {
    const { statements, unseeded } = await traceMigration(await pglite(), SET_NOT_NULL)
    expect(unseeded).toEqual([])
    expect(statements).toMatchObject([{ scanned: ['users'], error: null }])
  })

  test('meets NULLs if they are asked for', async () => {
    const { statements } = await traceMigration(await pglite(), { ...SET_NOT_NULL, nulls: 'all' })
    expect(statements).toMatchObject([{ error: { code: '23502' } }])
  })

  test('meets empty tables if they are asked for', async () => {
    const example = { ...SET_NOT_NULL, nulls: 'all' as const, rows: false }
    const { statements } = await traceMigration(await pglite(), example)
    expect(statements).toMatchObject([{ scanned: [], error: null }])
  })

  test('stands on committed statements', async () => {
    const { statements } = await traceMigration(await pglite(), {
      before: `create type mood as enum ('ok');--> statement-breakpoint
        alter type mood add value 'sad';`,
      sql: ["create table t (m mood default 'sad')"],
    })
    expect(statements).toMatchObject([{ error: null }])
  })

  test('finds nothing of the one before', async () => {
    const client = await pglite()
    await traceMigration(client, {
      before: `create role app; create schema app authorization app;
        create type public.e as enum (); create extension if not exists plpgsql;
        create publication p for all tables;
        create table app.t (v public.e); grant select on app.t to app;
        set search_path to app; set role app`,
      sql: ['create table more ()', 'commit', 'create table committed ()'],
    })
    await reset(client)
    const { rows } = await client.query(`select
      (select json_agg(nspname) from pg_namespace where nspname not like 'pg\\_%'
        and nspname <> 'information_schema') as schemas,
      (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace) as relations,
      (select count(*)::int from pg_roles where rolname = 'app') as roles,
      (select count(*)::int from pg_publication) as publications,
      current_user::text as role`)
    expect(rows).toEqual([
      { schemas: ['public'], relations: 0, roles: 0, publications: 0, role: 'postgres' },
    ])
  })

  test('whose ground does not hold is an error of the example', async () => {
    const example = { before: 'create table t (v nonsense)', sql: [] }
    await expect(traceMigration(await pglite(), example)).rejects.toThrow(
      'what stands before fails: type "nonsense" does not exist',
    )
  })

  test('is refused a database that was not made for it', async () => {
    const { query, exec, close } = await pglite()
    await expect(traceMigration({ query, exec, close }, SET_NOT_NULL)).rejects.toThrow(
      'only a database made for tracing may be emptied',
    )
  })
})

describe('PGlite', () => {
  afterEach(() => {
    vi.doUnmock('@electric-sql/pglite')
    vi.resetModules()
  })

  test('brings the extensions it is asked for', async () => {
    const client = await openPglite({ extensions: ['uuid-ossp'] })
    try {
      await client.exec('create extension "uuid-ossp"')
      const { rows } = await client.query('select length(uuid_generate_v4()::text) as length')
      expect(rows).toEqual([{ length: 36 }])
    } finally {
      await client.close()
    }
  })

  test('an extension it does not have is a problem with a remedy', async () => {
    await expect(openPglite({ extensions: ['postgis_raster'] })).rejects.toMatchObject({
      problem: {
        message: 'extension "postgis_raster" is not available in the embedded PostgreSQL',
        help: 'run against a real server that has it',
      },
    })
  })

  test('not being installed is a problem with a remedy', async () => {
    vi.doMock('@electric-sql/pglite', () => {
      throw new Error('Cannot find package')
    })
    await expect(openPglite()).rejects.toMatchObject({
      problem: { help: 'npm install --save-dev @electric-sql/pglite@0.5' },
    })
  })
})
