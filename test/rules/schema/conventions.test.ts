import { namingConvention } from '../../../rules/schema/namingConvention.ts'
import { preferBigintKey } from '../../../rules/schema/preferBigintKey.ts'
import { preferIdentity } from '../../../rules/schema/preferIdentity.ts'
import { preferJsonb } from '../../../rules/schema/preferJsonb.ts'
import { preferTimestamptz } from '../../../rules/schema/preferTimestamptz.ts'
import { requireTimestamps } from '../../../rules/schema/requireTimestamps.ts'
import { tester } from './tester.ts'

const pg = `import * as pg from 'drizzle-orm/pg-core'\n`
const column = (written: string, imports = 'pgTable') =>
  `import { ${imports} } from 'drizzle-orm/pg-core'\nexport const things = pgTable('things', { c: ${written} })`

tester.run('prefer-timestamptz', preferTimestamptz, {
  valid: [
    {
      name: 'with time zone',
      code: column('timestamp({ withTimezone: true })', 'pgTable, timestamp'),
    },
    { name: 'a date', code: column('date()', 'date, pgTable') },
    {
      name: 'MySQL',
      code: `import { mysqlTable, timestamp } from 'drizzle-orm/mysql-core'\nexport const a = mysqlTable('as', { c: timestamp() })`,
    },
  ],
  invalid: [
    ['timestamp()', 'timestamp({ withTimezone: true })'],
    [`timestamp('x').notNull()`, `timestamp('x', { withTimezone: true }).notNull()`],
    [`timestamp('x', { mode: 'date' })`, `timestamp('x', { mode: 'date', withTimezone: true })`],
    [`timestamp({})`, `timestamp({ withTimezone: true })`],
    [`timestamp('x', { withTimezone: false })`, null],
    [`timestamp('x', options)`, null],
  ].map(([code, output]) => ({
    name: `${code}`,
    code: column(`${code}`, 'pgTable, timestamp'),
    errors: [
      {
        messageId: 'withoutZone',
        suggestions:
          output == null
            ? []
            : [{ messageId: 'addZone', output: column(output, 'pgTable, timestamp') }],
      },
    ],
  })),
})

tester.run('prefer-jsonb', preferJsonb, {
  valid: [{ name: 'jsonb', code: column('jsonb()', 'jsonb, pgTable') }],
  invalid: [
    {
      name: 'json',
      code: column(`json('x').$type<string[]>()`, 'json, pgTable'),
      errors: [
        {
          messageId: 'json',
          data: { column: 'things.x' },
          suggestions: [
            {
              messageId: 'useJsonb',
              output: column(`jsonb('x').$type<string[]>()`, 'json, pgTable, jsonb'),
            },
          ],
        },
      ],
    },
  ],
})

tester.run('prefer-identity', preferIdentity, {
  valid: [
    {
      name: 'identity',
      code: column('integer().generatedByDefaultAsIdentity()', 'integer, pgTable'),
    },
  ],
  invalid: [
    {
      name: 'serial, with a namespace',
      code: `${pg}export const things = pg.pgTable('things', { id: pg.serial('id').primaryKey() })`,
      errors: [
        {
          messageId: 'serial',
          suggestions: [
            {
              messageId: 'useIdentity',
              data: { plain: 'integer' },
              output: `${pg}export const things = pg.pgTable('things', { id: pg.integer('id').generatedAlwaysAsIdentity().primaryKey() })`,
            },
          ],
        },
      ],
    },
  ],
})

tester.run('prefer-bigint-key', preferBigintKey, {
  valid: [
    {
      name: 'a key that is not counted',
      code: `${pg}export const a = pg.pgTable('a', { id: pg.integer().primaryKey() })`,
    },
    {
      name: 'a counter that is no key',
      code: `${pg}export const a = pg.pgTable('a', { id: pg.serial() })`,
    },
    {
      name: 'SQLite, whose integers have eight bytes',
      code: `import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'\nexport const a = sqliteTable('a', { id: integer().primaryKey({ autoIncrement: true }) })`,
    },
  ],
  invalid: [
    {
      name: 'an identity column in the extra configuration’s key',
      code: `${pg}export const a = pg.pgTable('a', { id: pg.smallint().generatedAlwaysAsIdentity() }, (t) => [pg.primaryKey({ columns: [t.id] })])`,
      errors: [{ messageId: 'small', data: { column: 'a.id', type: 'smallint' } }],
    },
    {
      name: 'MySQL',
      code: `import { int, mysqlTable } from 'drizzle-orm/mysql-core'\nexport const a = mysqlTable('a', { id: int().autoincrement().primaryKey() })`,
      errors: [{ messageId: 'small', data: { column: 'a.id', type: 'int' } }],
    },
  ],
})

tester.run('require-timestamps', requireTimestamps, {
  valid: [
    {
      name: 'spread from another file',
      code: `${pg}import { timestamps } from './columns'\nexport const a = pg.pgTable('a', { ...timestamps })`,
    },
    {
      name: 'a table that needs none',
      code: `${pg}export const a = pg.pgTable('a', {})`,
      options: [{ ignore: ['a'] }],
    },
    {
      name: 'columns of your own',
      code: `${pg}export const a = pg.pgTable('a', { at: pg.timestamp().notNull().defaultNow() })`,
      options: [{ columns: ['at'] }],
    },
  ],
  invalid: [
    {
      name: 'one that may be null, one that only the application fills',
      code: `${pg}export const a = pg.pgTable('a', {
  createdAt: pg.timestamp('created_at').defaultNow(),
  updatedAt: pg.timestamp().notNull().$defaultFn(() => new Date()),
})`,
      errors: [
        { messageId: 'nullable', data: { table: 'a', column: 'created_at' }, line: 3 },
        { messageId: 'withoutDefault', data: { table: 'a', column: 'updated_at' }, line: 4 },
      ],
    },
  ],
})

tester.run('naming-convention', namingConvention, {
  valid: [
    {
      name: 'names that are not written',
      code: `${pg}export const people = pg.pgTable('people', { userId: pg.integer().unique() }, (t) => [pg.index().on(t.userId)])`,
    },
    {
      name: 'patterns that are turned off',
      code: `${pg}export const a = pg.pgTable('Thing', { c: pg.integer('C') }, (t) => [pg.index('I').on(t.c)])`,
      options: [{ tables: '', plural: false, columns: '', indexes: [] }],
    },
    {
      name: 'a foreign key by one of the templates',
      code: `${pg}export const users = pg.pgTable('users', { id: pg.integer() })
export const posts = pg.pgTable('posts', { u: pg.integer() }, (t) => [pg.foreignKey({ columns: [t.u], foreignColumns: [users.id], name: 'posts_users_fk' })])`,
    },
  ],
  invalid: [
    {
      name: 'every kind of name',
      code: `${pg}export const user = pg.pgTable('user', { orgId: pg.integer('orgId').unique('key_of_org') }, (t) => [
  pg.index('org').on(t.orgId),
  pg.foreignKey({ columns: [t.orgId], foreignColumns: [t.orgId], name: 'self' }),
])`,
      options: [{ uniques: '{table}_{column}_key', columns: '^[a-z_]+$' }],
      errors: [
        { messageId: 'plural', data: { name: 'user' } },
        { messageId: 'name', data: { kind: 'column', name: 'orgId', pattern: '^[a-z_]+$' } },
        {
          messageId: 'name',
          data: { kind: 'unique constraint', name: 'key_of_org', pattern: '"user_orgId_key"' },
        },
        { messageId: 'name', data: { kind: 'index', name: 'org', pattern: '"user_orgId_idx"' } },
        {
          messageId: 'name',
          data: {
            kind: 'foreign key',
            name: 'self',
            pattern: '"user_user_fk" or "user_orgId_user_fk" or "user_orgId_fk"',
          },
        },
      ],
    },
  ],
})
