import { describe, expect, test } from 'vitest'
import { findTable } from '../../src/catalog/catalog.ts'
import { findColumn } from '../../src/catalog/table.ts'
import { inventoryOf } from './server.ts'
import { kinds, replayed } from '../dialects/postgres/sql/replayed.ts'

const users = { schema: 'public', name: 'users' }

describe('a change keeps the catalog on both sides of it', () => {
  const { changes, before } = replayed([
    `CREATE TABLE users (id int PRIMARY KEY, email text);
     CREATE INDEX users_email ON users (email);`,
    `ALTER TABLE users RENAME COLUMN email TO mail;
     ALTER TABLE users ALTER mail SET NOT NULL;
     ALTER TABLE users RENAME TO members;
     DROP TABLE members;`,
  ])
  const [renamed, required, moved, dropped] = changes.slice(-4)

  test('untouched by those that follow', () => {
    expect(kinds(changes.slice(-4))).toEqual([
      'RenameColumn',
      'SetNotNull',
      'RenameTable',
      'DropTable',
    ])
    expect(findColumn(findTable(renamed!.before, users), 'email')).toBeDefined()
    expect(findTable(renamed!.before, users)?.indexes[1]?.columns).toEqual(['email'])
    expect(findTable(renamed!.after, users)?.indexes[1]?.columns).toEqual(['mail'])
    expect(findColumn(findTable(required!.before, users), 'mail')?.notNull).toBe(false)
    expect(findColumn(findTable(required!.after, users), 'mail')?.notNull).toBe(true)
    expect([...moved!.before.tables.values()].map(({ name }) => name)).toEqual(['users'])
    expect([...moved!.after.tables.values()].map(({ name }) => name)).toEqual(['members'])
    expect(inventoryOf(dropped!.after).columns).toEqual([])
    expect(inventoryOf(before).columns).toEqual([])
  })

  test('and each begins where the one before it ended, over files too', () => {
    for (const [position, change] of changes.entries()) {
      expect(change.before).toBe(position === 0 ? before : changes[position - 1]!.after)
    }
  })

  test('sharing what did not change', () => {
    const { before: earlier, after: later } = replayed('ALTER TABLE users ADD COLUMN bio text;', {
      deployed: 'CREATE TABLE users (id int); CREATE TABLE posts (id int);',
    })
    const posts = { schema: 'public', name: 'posts' }
    expect(findTable(later, posts)).toBe(findTable(earlier, posts))
    expect(later.enums).toBe(earlier.enums)
  })
})

describe('a table that no migration created (drizzle-kit pull)', () => {
  const deployed = `-- Current sql file was generated after introspecting the database
/* CREATE TABLE "users" ("id" serial PRIMARY KEY NOT NULL, "email" text); */`
  const table = (sql: string) => findTable(replayed(sql, { deployed }).after, users)

  test('is remembered from its first mention on, as one that is not known in full', () => {
    const known = table(`ALTER TABLE "users" ADD COLUMN "bio" text;
      ALTER TABLE "users" ADD CONSTRAINT "one" UNIQUE ("email");
      CREATE INDEX "users_bio" ON "users" ("bio");`)
    expect(known?.complete).toBe(false)
    expect(known?.columns.map(({ name }) => name)).toEqual(['bio'])
    expect(known?.indexes.map(({ name }) => name)).toEqual(['one', 'users_bio'])
    expect(known?.constraints.map(({ name }) => name)).toEqual(['one'])
  })

  test.each([
    'ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;',
    'ALTER TABLE "users" ALTER COLUMN "email" SET DATA TYPE varchar(50);',
    'ALTER TABLE "users" DROP COLUMN "email";',
    'ALTER TABLE "users" RENAME COLUMN "email" TO "mail";',
    'ALTER TABLE "users" DROP CONSTRAINT "some_unique";',
    'ALTER TABLE "users" VALIDATE CONSTRAINT "some_check";',
    'ALTER TABLE "users" RENAME CONSTRAINT "a" TO "b";',
    'ALTER INDEX "users_email" RENAME TO "users_mail";',
    'DROP INDEX "users_email";',
    'ALTER TABLE "users" RENAME TO "members";',
    'DROP TABLE "users" CASCADE;',
    'ALTER TYPE "mood" ADD VALUE \'sad\';',
    'ALTER TYPE "mood" RENAME TO "feeling";',
    'DROP TYPE "mood";',
    'DROP VIEW "v";',
    'ALTER SEQUENCE "users_id_seq" OWNED BY "users"."id";',
    'ALTER SCHEMA "app" RENAME TO "web";',
    'DROP SCHEMA "app" CASCADE;',
    'DROP POLICY "own" ON "users";',
    'UPDATE "users" SET "email" = NULL;',
    'TRUNCATE "users";',
    'REFRESH MATERIALIZED VIEW "m";',
  ])('takes what the catalog has never seen: %s', (sql) => {
    const { changes, after } = replayed(sql, { deployed })
    expect(changes).toHaveLength(1)
    expect(inventoryOf(after)).toEqual(
      expect.objectContaining({ columns: [], indexes: [], constraints: expect.any(Array) }),
    )
  })

  test('is gone for good once it is dropped or renamed, whatever mentions it afterwards', () => {
    expect(table('DROP TABLE users; ALTER TABLE users ADD COLUMN bio text;')).toBeUndefined()
    const { after } = replayed(
      'ALTER TABLE users RENAME TO members; ALTER TABLE users ADD bio text;',
      {
        deployed,
      },
    )
    expect(findTable(after, users)).toBeUndefined()
  })
})
