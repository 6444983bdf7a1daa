import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { schemaRules } from '../../rules/schema/index.ts'
import { loadParserSync } from '../../src/dialects/postgres/sql/loadParserSync.ts'
import {
  type Files,
  drizzleConfig,
  folderPerMigration,
  journalFolder,
  project,
  writeFiles,
} from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'

const folders: string[] = []
afterEach(() => {
  vi.restoreAllMocks()
  for (const folder of folders.splice(0)) openRepository(folder).remove()
})

const SQL = `CREATE TYPE "mood" AS ENUM('fine', 'bad');
CREATE TABLE "users" (
  "id" serial PRIMARY KEY,
  "email" varchar(80) NOT NULL,
  "mood" "mood" DEFAULT 'fine' NOT NULL,
  "age" integer,
  "tags" text[] DEFAULT '{}',
  "price" numeric(10, 2),
  "created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "users_email_unique" UNIQUE("email")
);
CREATE TABLE "posts" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid(), "user_id" integer, "place" geometry(point), CONSTRAINT "positive" CHECK ("user_id" > 0));
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE cascade;
CREATE INDEX "posts_lower_idx" ON "posts" USING btree (lower("id"::text));
`

/** What the migrations above lead to. */
const SCHEMA = `import { sql } from 'drizzle-orm'
import * as p from 'drizzle-orm/pg-core'
import { geometry, precision } from './types'
export const mood = p.pgEnum('mood', ['fine', 'bad'])
export const users = p.pgTable('users', {
  id: p.serial().primaryKey(),
  email: p.varchar({ length: 80 }).notNull().unique(),
  mood: mood().default('fine').notNull(),
  age: p.integer(),
  tags: p.text().array().default([]),
  price: p.numeric({ precision: 10, scale: 2 }),
  createdAt: p.timestamp('created_at', precision).defaultNow().notNull(),
})
export const posts = p.pgTable('posts', {
  id: p.uuid().primaryKey().defaultRandom(),
  userId: p.integer('user_id').references(() => users.id, { onDelete: 'cascade' }),
  place: p.geometry({ type: 'point' }),
}, (t) => [p.check('positive', sql\`\${t.userId} > 0\`), p.index('posts_lower_idx').on(sql\`lower(\${t.id}::text)\`)])
`

function onDisk(files: Files): string {
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, files)
  return folder
}

type Name = 'unsafe-schema-change' | 'no-unmigrated-change'

/** `line: message` of one rule, on a file of a folder. */
function linted(
  rule: Name,
  code: string,
  cwd = onDisk(project({ '0000_all': SQL })),
  options: object = {},
  file = 'src/schema.ts',
) {
  const plugins = { own: { rules: schemaRules } }
  const rules = { [`own/${rule}`]: ['error', options] } as Linter.RulesRecord
  const config = { files: ['**'], plugins, rules, languageOptions: { parser } }
  const found = new Linter({ cwd }).verify(code, [config], { filename: join(cwd, file) })
  return found.map(({ line, message }) => `${line}: ${message}`)
}

const unsafe = (...rest: [code: string, cwd?: string, options?: object, file?: string]) =>
  linted('unsafe-schema-change', ...rest)

/** The schema with one edit; fails if there is nothing to edit. */
function edited(from: string | RegExp, to: string, code = SCHEMA): string {
  const text = code.replace(from, to)
  expect(text).not.toBe(code)
  return text
}

describe('a schema that says what the migrations do', () => {
  test.for(['unsafe-schema-change', 'no-unmigrated-change'] as const)(
    '%s has nothing to say',
    (rule) => {
      expect(linted(rule, SCHEMA)).toEqual([])
      const folder = onDisk({
        'drizzle.config.ts': drizzleConfig(),
        ...folderPerMigration({ '20260101_all': SQL }),
      })
      expect(linted(rule, SCHEMA, folder)).toEqual([])
    },
  )
})

describe('an edit of the schema is judged as its migration will be', () => {
  test.for<[string, string | RegExp, string, string]>([
    [
      'a required column',
      'age: p',
      'name: p.text().notNull(),\n  age: p',
      '9: In a migration: Adding users.name as NOT NULL without a default fails as soon as users holds a row.',
    ],
    [
      'a default of the application alone',
      'age: p',
      'name: p.text().notNull().$defaultFn(() => 1),\n  age: p',
      '9: In a migration: Adding users.name as NOT NULL',
    ],
    [
      'a column that is gone',
      '  age: p.integer(),\n',
      '',
      '5: In a migration: Dropping users.age deletes its data',
    ],
    [
      'a column with another name',
      'age: p',
      'years: p',
      '5: In a migration: users.age is dropped and users.years of the same type is added',
    ],
    [
      'another type',
      'age: p.integer()',
      'age: p.bigint({ mode: "number" })',
      '9: In a migration: ',
    ],
    ['a shorter type', 'length: 80', 'length: 40', '7: In a migration: '],
    [
      'NOT NULL',
      'age: p.integer()',
      'age: p.integer().notNull()',
      '9: In a migration: users.age becomes NOT NULL',
    ],
    [
      'a unique constraint',
      'age: p.integer()',
      'age: p.integer().unique()',
      '9: In a migration: Adding unique constraint users_age_unique builds an index',
    ],
    [
      'a check constraint',
      '[p.check',
      '[p.check("small", sql`true`), p.check',
      '18: In a migration: Adding check small',
    ],
    [
      'an index',
      '[p.check',
      '[p.index().on(t.place), p.check',
      '18: In a migration: Building posts_place_index blocks',
    ],
    [
      'a unique index on an expression',
      '[p.check',
      '[p.uniqueIndex("u").on(sql`lower(${t.id})`), p.check',
      '18: In a migration: Building u blocks',
    ],
    [
      'a new label as the default',
      /'bad'\](.*)mood\(\)\.default\('fine'\)/s,
      "'bad', 'new']$1mood().default('new')",
      '8: In a migration: ',
    ],
    [
      'a key’s other action',
      'cascade',
      'set null',
      '16: In a migration: Replacing posts_user_id_users_id_fk',
    ],
  ])('%s', ([, from, to, expected]) => {
    const found = unsafe(edited(from, to))
    expect(found.filter((line) => line.startsWith(expected))).toHaveLength(1)
    expect(found[0]).toMatch(/ \([a-z-]+\)$/)
  })

  test('unless the rule on SQL is to be ignored', () => {
    const code = edited('[p.check', '[p.index().on(t.place), p.check')
    expect(unsafe(code, undefined, { ignore: ['create-index'] })).toEqual([])
  })

  test('unless another rule asks for it', () => {
    expect(unsafe(edited('[p.check', '[p.index().on(t.userId), p.check'))).toEqual([])
  })

  test('and needs no rows to be there in a table that is new', () => {
    const code = `${SCHEMA}export const news = p.pgTable('news', { id: p.integer().notNull().unique() })\n`
    expect(
      unsafe(
        edited('userId: p', 'newsId: p.integer().references(() => news.id),\n  userId: p', code),
      ),
    ).toEqual([])
  })
})

describe('what a file does not tell for sure is not reported', () => {
  test.for<[string, string | RegExp, string]>([
    ['columns from other files', '  age: p.integer(),\n', '  ...shared,\n'],
    ['a column that a function of another file makes', 'age: p.integer()', 'age: age()'],
    [
      'a primary key that a function of another file brings along',
      'id: p.serial().primaryKey()',
      'id: id()',
    ],
    ['a type whose length stands elsewhere', '{ length: 80 }', '{ length: LONGEST }'],
    ['an extra configuration from elsewhere', /, \(t\) => \[.*\]/, ', extras'],
    ['a foreign key to a table of another file', '() => users.id', '() => people.id'],
    ['actions that stand elsewhere', "{ onDelete: 'cascade' }", 'ACTIONS'],
    [
      'a constraint whose nulls are not distinct',
      '.unique()',
      ".unique('users_email_unique', { nulls: 'not distinct' })",
    ],
    [
      'a unique index for a unique constraint',
      /\.unique\(\)(.*?)\n\}\)/s,
      "$1\n}, (t) => [p.uniqueIndex('users_email_unique').on(t.email)])",
    ],
    ['a check that only SQL has', /p\.check.*`\), /, ''],
    ['an index that only SQL has', /, p\.index.*\)`\)/, ''],
    [
      'an enum of a schema of another file',
      'export const users',
      "import { auth } from './auth'\nexport const role = p.pgSchema(auth).enum('role', ['a'])\nexport const users",
    ],
    ['a label that an enum loses', "['fine', 'bad']", "['fine']"],
    [
      'a default that the database does not have',
      'age: p.integer()',
      'age: p.integer().default(sql`NULL`)',
    ],
    [
      'a table that is not exported',
      /export const users = [^]*?\}\)\n/,
      "const users = p.pgTable('users', { id: p.integer() })\n",
    ],
  ])('%s', ([, from, to]) => {
    expect(unsafe(edited(from, to))).toEqual([])
    expect(linted('no-unmigrated-change', edited(from, to))).toEqual([])
  })

  test('the text of expressions', () => {
    const code = edited(
      'lower(',
      'upper(',
      edited('.default([])', ".default(['a'])", edited('> 0', '> 1')),
    )
    expect(unsafe(code)).toEqual([])
  })
})

describe('the migrations of a schema file', () => {
  const bad = edited('  age: p.integer(),\n', '')

  test('are where the drizzle config above it says', () => {
    const folder = onDisk({
      'packages/db/drizzle.config.ts': drizzleConfig('./out'),
      ...journalFolder({ '0000_all': SQL }, 'packages/db/out'),
    })
    expect(unsafe(bad, folder, {}, 'packages/db/src/schema.ts')).toHaveLength(1)
    expect(unsafe(bad, folder, {}, 'packages/web/schema.ts')).toEqual([])
  })

  test('are where the option says', () => {
    const folder = onDisk(journalFolder({ '0000_all': SQL }, 'sql'))
    expect(unsafe(bad, folder)).toEqual([])
    expect(unsafe(bad, folder, { migrations: 'sql' })).toHaveLength(1)
  })

  test('are not those of a file outside of the schema, or of a test', () => {
    const config = `export default { dialect: 'postgresql', schema: './src/db/schema.ts' }`
    const folder = onDisk({ ...project({ '0000_all': SQL }), 'drizzle.config.ts': config })
    expect(unsafe(bad, folder, {}, 'src/db/schema.ts')).toHaveLength(1)
    expect(unsafe(bad, folder, {}, 'scripts/tables.ts')).toEqual([])
    expect(unsafe(bad, folder, {}, 'src/db/__tests__/tables.ts')).toEqual([])
  })

  test.for<[string, string]>([
    ['in another dialect', drizzleConfig('./drizzle', 'mysql')],
    [
      'in a folder that the config computes',
      "export default { dialect: 'postgresql', out: process.env.OUT }",
    ],
    ['in a folder that is not there', drizzleConfig('./elsewhere')],
    ['of a config that is broken', 'export default {'],
  ])('may not be found: %s', ([, config]) => {
    expect(
      unsafe(bad, onDisk({ ...project({ '0000_all': SQL }), 'drizzle.config.ts': config })),
    ).toEqual([])
  })

  test('may do what nobody can follow', () => {
    const opaque = `${SQL}DO $$ BEGIN EXECUTE 'ALTER TABLE ' || 'users DROP COLUMN age'; END $$;`
    expect(unsafe(bad, onDisk(project({ '0000_all': opaque })))).toEqual([])
  })

  test('may have a journal that cannot be read', () => {
    const files = { ...project({ '0000_all': SQL }), 'drizzle/meta/_journal.json': '<<<<<<<' }
    expect(unsafe(bad, onDisk(files))).toEqual([])
  })
})

describe('casing', () => {
  const code = SCHEMA.replaceAll("('user_id')", '()').replace("'created_at', ", '')
  const config = (casing: string) =>
    onDisk({
      ...project({ '0000_all': SQL }),
      'drizzle.config.ts': `export default { dialect: 'postgresql'${casing} }`,
    })

  test('is what the config says', () => {
    expect(unsafe(code, config(", casing: 'snake_case'"))).toEqual([])
    expect(unsafe(code, config(''))).not.toEqual([])
    expect(unsafe(code, config(''), { casing: 'snake_case' })).toEqual([])
  })

  test('is what fits where the config does not tell', () => {
    expect(unsafe(code, config(', casing: process.env.CASING'))).toEqual([])
    expect(unsafe(SCHEMA, config(', casing: process.env.CASING'))).toEqual([])
  })
})

describe("drizzle-kit's snapshot", () => {
  // A migration that was edited by hand: the snapshot has what the SQL leaves out.
  const column = (name: string, type: string) => [
    name,
    { name, type, primaryKey: name === 'id', notNull: name === 'id' },
  ]
  const snapshot = (...names: string[]) =>
    JSON.stringify({
      id: '1',
      prevId: '0',
      version: '7',
      dialect: 'postgresql',
      enums: {},
      schemas: {},
      sequences: {},
      views: {},
      tables: {
        'public.users': {
          name: 'users',
          schema: '',
          indexes: {},
          foreignKeys: {},
          compositePrimaryKeys: {},
          uniqueConstraints: {},
          columns: Object.fromEntries(
            names.map((name) => column(name, name === 'id' ? 'integer' : 'text')),
          ),
        },
      },
    })
  const folder = (...names: string[]) =>
    onDisk({
      ...project({ '0000_all': 'CREATE TABLE "users" ("id" integer PRIMARY KEY, "old" text);' }),
      'drizzle/meta/0000_snapshot.json': snapshot(...names),
    })
  const schema = (columns: string) => `import { integer, pgTable, text } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { id: integer().primaryKey()${columns} })`

  test('has it already: no migration will come', () => {
    expect(unsafe(schema(''), folder('id'))).toEqual([])
    expect(linted('no-unmigrated-change', schema(', name: text()'), folder('id', 'name'))).toEqual(
      [],
    )
  })

  test('does not have it', () => {
    expect(unsafe(schema(''), folder('id', 'old'))).toHaveLength(1)
  })

  test('tells what SQL does that cannot be followed', () => {
    const opaque = `CREATE TABLE "users" ("id" integer PRIMARY KEY, "old" text); DO $$ BEGIN EXECUTE 'SELECT 1'; END $$;`
    const cwd = folder('id', 'old')
    writeFiles(cwd, { 'drizzle/0000_all.sql': opaque })
    expect(unsafe(schema(', old: text()'), cwd)).toEqual([])
    expect(unsafe(schema(''), cwd)).toHaveLength(1)
  })
})

describe('no-unmigrated-change says what is not migrated', () => {
  test.for<[string | RegExp, string, string]>([
    [
      'age: p',
      'name: p.text(),\n  age: p',
      '9: No migration makes the column users.name yet. Run: npx drizzle-kit generate',
    ],
    [
      '  age: p.integer(),\n',
      '',
      '5: No migration drops the column users.age yet, which this file no longer has. Run: npx drizzle-kit generate',
    ],
    [
      'age: p.integer()',
      'age: p.bigint({ mode: "number" }).notNull()',
      '9: users.age is bigint, NOT NULL here and integer, nullable after the migrations. Run: npx drizzle-kit generate',
    ],
    [
      "'bad']",
      "'bad', 'new']",
      "4: mood is with 'new' here and without 'new' after the migrations. Run: npx drizzle-kit generate",
    ],
    [
      '.unique()',
      '',
      '5: No migration drops the unique constraint users_email_unique yet, which this file no longer has. Run: npx drizzle-kit generate',
    ],
    [
      '[p.check',
      '[p.index().on(t.userId), p.check',
      '18: No migration makes the index posts_user_id_index yet. Run: npx drizzle-kit generate',
    ],
  ])('%s', ([from, to, expected]) => {
    expect(linted('no-unmigrated-change', edited(from, to))).toEqual([expected])
  })
})

test('a folder is replayed once, however many files are linted', () => {
  const folder = onDisk(project({ '0000_all': SQL }))
  const parse = vi.spyOn(loadParserSync(), 'parse')
  unsafe(SCHEMA, folder)
  const first = parse.mock.calls.length
  expect(first).toBeGreaterThan(0)
  unsafe(SCHEMA, folder, {}, 'src/other.ts')
  linted('no-unmigrated-change', SCHEMA, folder)
  expect(parse.mock.calls.length).toBe(first)
})
