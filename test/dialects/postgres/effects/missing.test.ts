import { describe, expect, test } from 'vitest'
import type { Session } from '../../../../src/dialects/effects.ts'
import { EXTENSIONS } from '../../../../src/dialects/postgres/known/extensions.ts'
import { isBuiltInFunction } from '../../../../src/dialects/postgres/known/functions.ts'
import { openPglite } from '../../../../src/verify/trace/index.ts'
import { sharedPglite } from '../../../verify/trace/shared.ts'
import { deploy, engine, replay } from './model.ts'

const pglite = sharedPglite()
const SESSION: Session = { version: null, timezone: 'UTC', transaction: 'deployment' }
const USERS = 'CREATE TABLE users (id int PRIMARY KEY, name text);'

/** What a deployment is said to fail of if nobody has created it, and what it fails of for certain. */
function missing(sql: string, deployed: readonly string[] = [USERS], session = SESSION) {
  const { changes } = replay(session, deploy(session, deployed), [sql])
  return changes
    .flatMap((change) => engine.effects(change, session).errors)
    .filter(({ when }) => when !== 'some-rows')
    .map(({ when, message, missing: one }) =>
      one?.extension
        ? `${one.extension}: ${message}`
        : when === 'always'
          ? `! ${message}`
          : message,
    )
}

describe('what no migration creates', () => {
  test.for([
    ['ALTER TABLE users ALTER name SET DEFAULT nanoid()', 'function nanoid() does not exist'],
    ['ALTER TABLE users ADD COLUMN code text DEFAULT app.code()', 'schema "app" does not exist'],
    [
      'ALTER TABLE users ADD CONSTRAINT c CHECK (is_valid(name))',
      'function is_valid() does not exist',
    ],
    ['CREATE INDEX i ON users (slug(name))', 'function slug() does not exist'],
    ['CREATE INDEX i ON users (id) WHERE live(name)', 'function live() does not exist'],
    ['CREATE POLICY p ON users USING (may_see(id))', 'function may_see() does not exist'],
    [
      'CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()',
      'function touch() does not exist',
    ],
    [
      'ALTER TABLE users ADD COLUMN s text GENERATED ALWAYS AS (slug(name)) STORED',
      'function slug() does not exist',
    ],
    ['ALTER TABLE users ADD COLUMN role role', 'type "role" does not exist'],
    ['CREATE TABLE billing.invoices (id int)', 'schema "billing" does not exist'],
    ['CREATE TYPE billing.kind AS ENUM ()', 'schema "billing" does not exist'],
    ['CREATE TABLE a (id int REFERENCES billing.invoices (id))', 'schema "billing" does not exist'],
    ['ALTER TABLE users ADD COLUMN e vector(3)', 'vector: type "vector" does not exist'],
    ['ALTER TABLE users ALTER name SET DATA TYPE citext', 'citext: type "citext" does not exist'],
    [
      'CREATE INDEX i ON users USING gin (name gin_trgm_ops)',
      'pg_trgm: operator class "gin_trgm_ops" does not exist',
    ],
    [
      'ALTER TABLE users ADD COLUMN u uuid DEFAULT uuid_generate_v4()',
      'uuid-ossp: function uuid_generate_v4() does not exist',
    ],
    ['ALTER TABLE users ADD COLUMN p geometry(Point)', 'postgis: type "geometry" does not exist'],
  ])('%s', async ([sql, expected]) => {
    expect(missing(sql!)).toEqual([expected])
  })

  test.for([
    'ALTER TABLE users ALTER name SET DEFAULT nanoid()',
    'ALTER TABLE users ADD COLUMN role role',
    'CREATE TABLE billing.invoices (id int)',
    'CREATE POLICY p ON users USING (may_see(id))',
    'ALTER TABLE users ADD COLUMN e vector(3)',
  ])('fails on PGlite: %s', async (sql) => {
    const client = await pglite()
    await client.exec(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${USERS}`)
    await expect(client.exec(sql)).rejects.toThrow(/does not exist/)
  })

  test('is there where the migrations create it', () => {
    const sql = `CREATE SCHEMA billing; CREATE TYPE billing.kind AS ENUM ('a');
      CREATE TYPE pair AS (a int, b int); CREATE EXTENSION IF NOT EXISTS vector;
      CREATE FUNCTION nanoid() RETURNS text LANGUAGE sql AS 'SELECT ''a''';
      CREATE TABLE billing.invoices (id text DEFAULT nanoid(), kind billing.kind, e vector(3), p pair, u users);
      CREATE INDEX i ON billing.invoices USING hnsw (e vector_cosine_ops);`
    expect(missing(sql)).toEqual([])
  })

  test('is there where something that is deployed needs it', () => {
    const deployed = [`${USERS} ALTER TABLE users ALTER name SET DEFAULT nanoid();`]
    expect(missing('ALTER TABLE users ADD COLUMN b text DEFAULT nanoid()', deployed)).toEqual([])
    const vectors = ['CREATE TABLE a (e vector(3));']
    expect(missing('CREATE INDEX i ON a USING hnsw (e vector_l2_ops)', vectors)).toEqual([])
    // Though this deployment drops what shows it.
    expect(missing('DROP TABLE a; CREATE TABLE b (e vector(3))', vectors)).toEqual([])
    const schemas = ['CREATE TABLE billing.a (id int);']
    expect(missing('CREATE TABLE billing.b (id int)', schemas)).toEqual([])
  })

  test('is of the host, or of PostgreSQL', () => {
    const sql = `ALTER TABLE users ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES auth.users (id);
      CREATE POLICY p ON users TO authenticated USING (auth.uid() IS NOT NULL);
      ALTER TABLE users ADD COLUMN u uuid DEFAULT extensions.uuid_generate_v4();
      ALTER TABLE users ADD COLUMN v uuid DEFAULT uuid_generate_v4();
      ALTER TABLE users ADD COLUMN d date DEFAULT date(now());
      ALTER TABLE users ADD CONSTRAINT c CHECK (char_length(name) > 0 AND num_nonnulls(name) > 0);`
    expect(missing(sql)).toEqual([])
  })

  test('is there where the search path of the database may find it', () => {
    const sql = `CREATE SCHEMA app; CREATE FUNCTION app.code() RETURNS text LANGUAGE sql AS 'SELECT 1';
      ALTER TABLE users ALTER name SET DEFAULT code();`
    expect(missing(sql)).toEqual([])
  })

  test('is not told once something ran that could not be read', () => {
    const sql = `DO $$ BEGIN EXECUTE 'CREATE SCHEMA ' || 'billing'; END $$; CREATE TABLE billing.a (id int);`
    expect(missing(sql)).toEqual([])
  })

  test('fails for certain where the migrations have dropped the schema', () => {
    const deployed = ['CREATE SCHEMA billing;']
    expect(missing('DROP SCHEMA billing; CREATE TABLE billing.a (id int)', deployed)).toEqual([
      '! schema "billing" does not exist',
    ])
  })

  test('may have come with a later version', () => {
    const sql = 'ALTER TABLE users ADD COLUMN u uuid DEFAULT uuidv7()'
    expect(missing(sql)).toEqual([])
    expect(missing(sql, [USERS], { ...SESSION, version: 18 })).toEqual([])
    expect(missing(sql, [USERS], { ...SESSION, version: 17 })).toEqual([
      'function uuidv7() does not exist',
    ])
  })
})

describe('what is known to be there', () => {
  test('is every function that SQL can call on PGlite', async () => {
    const { rows } = await (
      await pglite()
    ).query(
      `SELECT DISTINCT proname AS name FROM pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace AND prorettype <> 'internal'::regtype
      AND NOT EXISTS (SELECT FROM unnest(proargtypes) AS a
                       WHERE a IN ('internal'::regtype, 'cstring'::regtype))
      AND prorettype <> 'cstring'::regtype`,
    )
    const unknown = rows.map(({ name }) => String(name)).filter((name) => !isBuiltInFunction(name))
    expect(unknown.filter((name) => !/^(?:binary_upgrade|RI_FKey)/.test(name))).toEqual([])
  })

  test('is in the extensions that are said to have it', async () => {
    const extensions =
      'btree_gist citext cube earthdistance fuzzystrmatch hstore intarray ltree pg_trgm pgcrypto ' +
      'seg tablefunc unaccent uuid-ossp'
    const client = await openPglite({ extensions: extensions.split(' ') })
    for (const name of extensions.split(' ')) {
      await client.exec(`CREATE EXTENSION "${name}" CASCADE`).catch(() => undefined)
    }
    const { rows } = await client.query(
      `SELECT extname AS extension, coalesce(proname, typname, opcname) AS name
      FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.deptype = 'e'
      LEFT JOIN pg_proc p ON p.oid = d.objid AND d.classid = 'pg_proc'::regclass
      LEFT JOIN pg_type t ON t.oid = d.objid AND d.classid = 'pg_type'::regclass
      LEFT JOIN pg_opclass o ON o.oid = d.objid AND d.classid = 'pg_opclass'::regclass`,
    )
    await client.close()
    const present = new Set(rows.map(({ extension, name }) => `${extension} ${name}`))
    for (const extension of extensions.split(' ')) {
      const { functions, types, operatorClasses } = EXTENSIONS.get(extension)!
      for (const name of [...functions, ...types, ...operatorClasses]) {
        expect(present, `${extension} ${name}`).toContain(`${extension} ${name}`)
      }
    }
  })
})
