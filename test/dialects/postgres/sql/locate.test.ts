import { describe, expect, test } from 'vitest'
import { type Change, type ChangeKind, type Part, rangeOf } from '../../../../src/catalog/change.ts'
import { ofKind, replayed } from './replayed.ts'

const deployed = `CREATE TABLE users (id int PRIMARY KEY, name text, mood text);
  CREATE TABLE "name" ("name" text, "other" text); CREATE SCHEMA app; CREATE TABLE app.t (a int);`

/** What a finding about that part of the first change of the kind would underline. */
function underlined(sql: string, kind: ChangeKind, part?: Part, nth = 0): string {
  const { changes, textOf } = replayed(sql, { deployed })
  return textOf(ofKind(changes, kind)[nth], part)
}

test.each<[string, ChangeKind, Part, string]>([
  ['ALTER TABLE "users" DROP COLUMN "name"', 'DropColumn', 'column', '"name"'],
  ['ALTER TABLE users DROP name', 'DropColumn', 'column', 'name'],
  ['ALTER TABLE users DROP COLUMN IF EXISTS NAME CASCADE', 'DropColumn', 'column', 'NAME'],
  ['DROP TABLE IF EXISTS "users" CASCADE', 'DropTable', 'name', '"users"'],
  ['DROP TABLE app.t', 'DropTable', 'name', 't'],
  ['ALTER TABLE "users" RENAME COLUMN "name" TO "nick"', 'RenameColumn', 'column', '"name"'],
  ['ALTER TABLE "users" RENAME COLUMN "name" TO "nick"', 'RenameColumn', 'to', '"nick"'],
  ['ALTER TABLE "users" RENAME TO "members"', 'RenameTable', 'table', '"users"'],
  ['ALTER TABLE "app"."t" RENAME TO "s"', 'RenameTable', 'table', '"app"."t"'],
  ['ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL', 'AddColumn', 'notNull', 'NOT NULL'],
  ['ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL', 'AddColumn', 'column', '"age"'],
  ['ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL', 'AddColumn', 'type', 'integer'],
  [
    "ALTER TABLE users ADD COLUMN age mood DEFAULT 'sad' NOT NULL",
    'AddColumn',
    'default',
    "DEFAULT 'sad'",
  ],
  ["ALTER TABLE users ALTER COLUMN mood SET DEFAULT 'sad'", 'SetDefault', 'default', "'sad'"],
  ["ALTER TABLE users ALTER COLUMN mood SET DEFAULT 'sad'::mood", 'SetDefault', 'default', "'sad'"],
  ['ALTER TABLE users ALTER COLUMN mood SET DEFAULT now()', 'SetDefault', 'default', 'now()'],
  ['ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL', 'SetNotNull', 'column', '"name"'],
  ['ALTER TABLE users ADD CONSTRAINT n NOT NULL name', 'SetNotNull', 'column', 'name'],
  [
    'ALTER TABLE "users" ALTER COLUMN "name" SET DATA TYPE varchar(50)',
    'AlterColumnType',
    'type',
    'varchar(50)',
  ],
  ['ALTER TABLE users ALTER name TYPE numeric(10, 2)', 'AlterColumnType', 'type', 'numeric(10, 2)'],
  [
    'ALTER TABLE users ALTER name TYPE timestamp (3) with time zone',
    'AlterColumnType',
    'type',
    'timestamp (3) with time zone',
  ],
  [
    'ALTER TABLE users ALTER name TYPE timestamp without time zone USING name::timestamp',
    'AlterColumnType',
    'type',
    'timestamp without time zone',
  ],
  [
    'ALTER TABLE users ALTER name TYPE double precision',
    'AlterColumnType',
    'type',
    'double precision',
  ],
  [
    'ALTER TABLE users ALTER name TYPE character varying(20)',
    'AlterColumnType',
    'type',
    'character varying(20)',
  ],
  [
    'ALTER TABLE users ALTER name TYPE "public"."mood" USING "name"::"public"."mood"',
    'AlterColumnType',
    'type',
    '"public"."mood"',
  ],
  ['ALTER TABLE users ALTER name TYPE text[]', 'AlterColumnType', 'type', 'text[]'],
  ['ALTER TABLE users ALTER name TYPE int USING name::int', 'AlterColumnType', 'using', 'name'],
  [
    'ALTER TABLE users ADD CONSTRAINT "f" FOREIGN KEY ("id") REFERENCES "public"."name"("name")',
    'AddForeignKey',
    'constraint',
    '"f"',
  ],
  [
    'ALTER TABLE users ADD CONSTRAINT "f" FOREIGN KEY ("id") REFERENCES "public"."name"("name")',
    'AddForeignKey',
    'references',
    '"public"."name"("name")',
  ],
  [
    'ALTER TABLE users ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES name (name)',
    'AddForeignKey',
    'references',
    'name (name)',
  ],
  [
    'ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES name',
    'AddForeignKey',
    'constraint',
    'FOREIGN KEY',
  ],
  [
    'ALTER TABLE users ADD COLUMN c int REFERENCES name (name)',
    'AddForeignKey',
    'constraint',
    'REFERENCES',
  ],
  [
    'CREATE TABLE t (c int CONSTRAINT f REFERENCES name (name))',
    'AddForeignKey',
    'constraint',
    'f',
  ],
  ['CREATE TABLE t(id int)', 'CreateTable', 'name', 't'],
  ['CREATE INDEX "i" ON "users" ("name")', 'CreateIndex', 'name', '"i"'],
  ['CREATE INDEX ON users(name)', 'CreateIndex', 'name', 'users'],
  ['CREATE INDEX name ON users(name)', 'CreateIndex', 'table', 'users'],
  ['CREATE INDEX CONCURRENTLY i ON users (name)', 'CreateIndex', 'concurrently', 'CONCURRENTLY'],
  ['DROP INDEX CONCURRENTLY i', 'DropIndex', 'concurrently', 'CONCURRENTLY'],
  ['REINDEX TABLE CONCURRENTLY users', 'Reindex', 'concurrently', 'CONCURRENTLY'],
  ['INSERT INTO users(id) VALUES (1)', 'WriteRows', 'table', 'users'],
  ['ALTER TABLE users VALIDATE CONSTRAINT "c"', 'ValidateConstraint', 'constraint', '"c"'],
  ['ALTER TABLE users DROP CONSTRAINT "c"', 'DropConstraint', 'constraint', '"c"'],
  ['ALTER TYPE "public"."mood" ADD VALUE \'sad\'', 'AddEnumValue', 'type', '"mood"'],
  ['DORP TABLE users', 'UnparsedSql', 'name', 'DORP'],
  ['ALTER TABLE users ADD COLUMNS a b c', 'UnparsedSql', 'name', 'b'],
])('%s: %s, %s', (sql, kind, part, expected) => {
  expect(underlined(`${sql};`, kind, part)).toBe(expected)
  const among = `-- é😀\r\nSELECT 'é😀';--> statement-breakpoint\r\n/* 中 */ SELECT 'é' ;\r\n/* é */ ${sql};`
  expect(underlined(among, kind, part)).toBe(expected)
})

test('without a part, or without a place for it, it is the whole statement', () => {
  const sql = '-- é\n  ALTER TABLE users\n  DROP COLUMN name  ; SELECT 1;'
  expect(underlined(sql, 'DropColumn')).toBe('ALTER TABLE users\n  DROP COLUMN name')
  expect(underlined(sql, 'DropColumn', 'using')).toBe('ALTER TABLE users\n  DROP COLUMN name')
})

describe('of several places with the same word it is the right one', () => {
  test('a table and its column', () => {
    const { changes } = replayed('ALTER TABLE "name" DROP COLUMN "name";', { deployed })
    const [dropped] = ofKind(changes, 'DropColumn')
    expect(placeOf(dropped!, 'column')).toBe('ALTER TABLE "name" DROP COLUMN '.length)
    expect(placeOf(replayed('ALTER TABLE public.name DROP name;').changes[0]!, 'column')).toBe(
      'ALTER TABLE public.name DROP '.length,
    )
    expect(
      placeOf(replayed('ALTER TABLE "name" RENAME COLUMN "name" TO "x";').changes[0]!, 'column'),
    ).toBe('ALTER TABLE "name" RENAME COLUMN '.length)
    expect(
      placeOf(replayed('ALTER TABLE "name" DROP CONSTRAINT "name";').changes[0]!, 'constraint'),
    ).toBe('ALTER TABLE "name" DROP CONSTRAINT '.length)
  })

  test('a type and a column', () => {
    const sql = 'ALTER TABLE users ALTER COLUMN name TYPE text, ALTER COLUMN text SET NOT NULL;'
    const { changes } = replayed(sql, { deployed })
    expect(placeOf(ofKind(changes, 'SetNotNull')[0]!, 'column')).toBe(sql.lastIndexOf('text'))
    expect(placeOf(ofKind(changes, 'AlterColumnType')[0]!, 'type')).toBe(sql.indexOf('text'))
  })

  test('the same column, in the order of the text', () => {
    const sql =
      'ALTER TABLE users ALTER COLUMN name SET DEFAULT 1, ALTER COLUMN name SET NOT NULL, ALTER COLUMN name TYPE int;'
    const { changes } = replayed(sql, { deployed })
    const places = (['SetDefault', 'SetNotNull', 'AlterColumnType'] as const).map((kind) =>
      placeOf(ofKind(changes, kind)[0]!, 'column'),
    )
    expect(places).toEqual([...sql.matchAll(/name/g)].map(({ index }) => index))
  })

  test('names that differ in case only', () => {
    const sql =
      'ALTER TABLE users DROP COLUMN "Name", DROP COLUMN "name", DROP COLUMN NAME2, DROP COLUMN "NAME2";'
    const texts = [0, 1, 2, 3].map((nth) => underlined(sql, 'DropColumn', 'column', nth))
    expect(texts).toEqual(['"Name"', '"name"', 'NAME2', '"NAME2"'])
  })

  test('a column that is added and one with its name as a default', () => {
    const sql = `ALTER TABLE users ADD COLUMN a text DEFAULT 'b', ADD COLUMN b int CHECK (b > 0), ALTER COLUMN b SET NOT NULL;`
    const { changes } = replayed(sql, { deployed })
    expect(placeOf(ofKind(changes, 'AddColumn')[1]!, 'column')).toBe(sql.indexOf('b int'))
    expect(placeOf(ofKind(changes, 'SetNotNull')[0]!, 'column')).toBe(sql.lastIndexOf('b SET'))
  })

  test('names in comments and strings do not count', () => {
    const sql = `ALTER TABLE users /* name */ ALTER mood SET DEFAULT 'name', -- DROP name\n DROP name;`
    const { changes } = replayed(sql, { deployed })
    expect(placeOf(ofKind(changes, 'DropColumn')[0]!, 'column')).toBe(sql.lastIndexOf('name'))
  })
})

function placeOf({ origin }: Change, part: Part): number {
  return rangeOf(origin, part).start
}
