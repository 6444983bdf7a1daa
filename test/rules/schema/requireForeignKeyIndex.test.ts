import { requireForeignKeyIndex } from '../../../rules/schema/requireForeignKeyIndex.ts'
import { tester } from './tester.ts'

const users = `export const users = pgTable('users', { id: integer().primaryKey() })`
const head = (names: string) => `import { ${names} } from 'drizzle-orm/pg-core'\n${users}\n`
const column = `userId: integer('user_id').references(() => users.id)`
const posts = (extras: string) => `export const posts = pgTable('posts', { ${column} }${extras})`

/** A finding on `posts.user_id` and what its suggestion makes of the file; null for none. */
const unindexed = (output: string | null, at: object = {}) => ({
  messageId: 'unindexed',
  data: { columns: 'posts.user_id', table: 'posts' },
  ...at,
  suggestions:
    output === null ? [] : [{ messageId: 'addIndex', data: { columns: 'posts.user_id' }, output }],
})

tester.run('require-foreign-key-index: what it reports and suggests', requireForeignKeyIndex, {
  valid: [
    {
      name: 'unique',
      code:
        head('integer, pgTable') + `export const posts = pgTable('posts', { ${column}.unique() })`,
    },
    {
      name: 'primary key',
      code:
        head('integer, pgTable') +
        `export const posts = pgTable('posts', { ${column}.primaryKey() })`,
    },
    {
      name: 'unique constraint',
      code: head('integer, pgTable, unique') + posts(`, (t) => [unique().on(t.userId)]`),
    },
    {
      name: 'unique index',
      code:
        head('integer, pgTable, uniqueIndex') +
        posts(`, (t) => ({ u: uniqueIndex().on(t.userId) })`),
    },
    {
      name: 'longer index that starts with it',
      code: head('index, integer, pgTable') + posts(`, (t) => [index().on(t.userId, t.other)]`),
    },
    {
      name: 'hash index',
      code: head('index, integer, pgTable') + posts(`, (t) => [index().using('hash', t.userId)]`),
    },
    {
      name: 'index without the rows that reference nothing',
      code: `import { sql } from 'drizzle-orm'\n${head('index, integer, pgTable')}${posts(`, (t) => [index().on(t.userId).where(sql\`\${t.userId} IS NOT NULL\`)]`)}`,
    },
    {
      name: 'both columns in another order',
      code:
        head('foreignKey, index, integer, pgTable') +
        `export const posts = pgTable('posts', { a: integer(), b: integer() }, (t) => [
          foreignKey({ columns: [t.a, t.b], foreignColumns: [users.id, users.other] }),
          index().on(t.b, t.a),
        ])`,
    },
    {
      name: 'MySQL makes the index itself',
      code: `import { int, mysqlTable } from 'drizzle-orm/mysql-core'\nexport const posts = mysqlTable('posts', { u: int().references(() => users.id) })`,
    },
    {
      name: 'indexes that may come from another file',
      code: head('integer, pgTable') + posts(`, (t) => [...shared(t)]`),
    },
    {
      name: 'a column that may be unique elsewhere',
      code:
        head('integer, pgTable') +
        `import { userId } from './columns'\nexport const posts = pgTable('posts', { userId: userId().references(() => users.id) })`,
    },
    { name: 'no drizzle at all', code: `export const posts = pgTable('posts', { ${column} })` },
  ],
  invalid: [
    {
      name: 'no extra configuration, no other index: an array, and the import',
      code: head('integer, pgTable') + posts(''),
      errors: [
        unindexed(
          head('integer, pgTable, index') +
            posts(`, (table) => [index('posts_user_id_idx').on(table.userId)]`),
          { line: 3, column: 41, endColumn: 47 },
        ),
      ],
    },
    {
      name: 'an array, by the parameter and quotes of the file',
      code:
        head('index, integer, pgTable, text') +
        `export const posts = pgTable("posts", { ${column}, slug: text() }, (t) => [index("ix_posts_slug").on(t.slug)])`,
      errors: [
        unindexed(
          head('index, integer, pgTable, text') +
            `export const posts = pgTable("posts", { ${column}, slug: text() }, (t) => [index("ix_posts_slug").on(t.slug), index("ix_posts_user_id").on(t.userId)])`,
        ),
      ],
    },
    {
      name: 'an object over several lines',
      code: `${head('index, integer, pgTable, text')}export const posts = pgTable(
  'posts',
  { ${column}, slug: text() },
  (t) => ({
    slugIdx: index('slug_idx').on(t.slug),
  }),
)`,
      errors: [
        unindexed(`${head('index, integer, pgTable, text')}export const posts = pgTable(
  'posts',
  { ${column}, slug: text() },
  (t) => ({
    slugIdx: index('slug_idx').on(t.slug),
    userIdIdx: index('user_id_idx').on(t.userId),
  }),
)`),
      ],
    },
    {
      name: 'as the other tables of the file have it: objects, indexes without names',
      code: `${head('index as ix, integer, pgTable')}
export const tags = pgTable('tags', { a: integer() }, (tag) => ({ a: ix().on(tag.a) }))
export const posts = pgTable(
  'posts',
  { ${column} },
)`,
      errors: [
        unindexed(`${head('index as ix, integer, pgTable')}
export const tags = pgTable('tags', { a: integer() }, (tag) => ({ a: ix().on(tag.a) }))
export const posts = pgTable(
  'posts',
  { ${column} },
  (tag) => ({ userIdIdx: ix().on(tag.userId) }),
)`),
      ],
    },
    {
      name: 'with a namespace',
      code: `import * as pg from 'drizzle-orm/pg-core'\nexport const posts = pg.pgTable('posts', { userId: pg.integer('user_id').references(() => users.id) })`,
      errors: [
        unindexed(
          `import * as pg from 'drizzle-orm/pg-core'\nexport const posts = pg.pgTable('posts', { userId: pg.integer('user_id').references(() => users.id) }, (table) => [pg.index('posts_user_id_idx').on(table.userId)])`,
        ),
      ],
    },
    {
      name: 'an import over several lines, an empty array',
      code: `import {\n  integer,\n  pgTable,\n} from 'drizzle-orm/pg-core'\n${posts(', (t) => []')}`,
      errors: [
        unindexed(
          `import {\n  integer,\n  pgTable,\n  index,\n} from 'drizzle-orm/pg-core'\n${posts(`, (t) => [index('posts_user_id_idx').on(t.userId)]`)}`,
        ),
      ],
    },
    {
      name: 'no suggestion where the configuration is elsewhere in the file',
      code: `${head('integer, pgTable')}const extras = () => []\n${posts(', extras')}`,
      errors: [unindexed(null)],
    },
    {
      name: 'no suggestion where the name index means something else',
      code: `${head('integer, pgTable')}const index = 1\n${posts('')}`,
      errors: [unindexed(null)],
    },
    {
      name: 'a partial index over other rows',
      code: `import { sql } from 'drizzle-orm'\n${head('index, integer, pgTable')}${posts(`, () => [index().on(posts.userId).where(sql\`deleted\`)]`)}`,
      errors: [unindexed(null)],
    },
    {
      name: 'SQLite, whose indexes need a name',
      code: `import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'\nexport const posts = sqliteTable('posts', { ${column} })`,
      errors: [
        unindexed(
          `import { integer, sqliteTable, index } from 'drizzle-orm/sqlite-core'\nexport const posts = sqliteTable('posts', { ${column} }, (table) => [index('posts_user_id_idx').on(table.userId)])`,
        ),
      ],
    },
    {
      name: 'two keys on one column are one finding',
      code:
        head('foreignKey, integer, pgTable, index') +
        posts(`, ({ userId }) => [foreignKey({ columns: [userId], foreignColumns: [users.id] })]`),
      errors: [unindexed(null)],
    },
    {
      name: 'a column of a helper of this file, in every table that has it',
      code: `${head('integer, pgTable')}const owned = { ${column} }
export const posts = pgTable('posts', { ...owned })`,
      errors: [
        unindexed(`${head('integer, pgTable, index')}const owned = { ${column} }
export const posts = pgTable('posts', { ...owned }, (table) => [index('posts_user_id_idx').on(table.userId)])`),
      ],
    },
  ],
})
