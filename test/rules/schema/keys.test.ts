import { foreignKeyTypeMismatch } from '../../../rules/schema/foreignKeyTypeMismatch.ts'
import { noSerialForeignKey } from '../../../rules/schema/noSerialForeignKey.ts'
import { noSetNullOnNotNull } from '../../../rules/schema/noSetNullOnNotNull.ts'
import { requirePrimaryKey } from '../../../rules/schema/requirePrimaryKey.ts'
import { tester } from './tester.ts'

const pg = `import * as pg from 'drizzle-orm/pg-core'\n`
const pair = (id: string, reference: string) => `${pg}
export const a = pg.pgTable('a', { id: pg.${id}.primaryKey() })
export const b = pg.pgTable('b', { aId: pg.${reference}.references(() => a.id) })`

tester.run('foreign-key-type-mismatch', foreignKeyTypeMismatch, {
  valid: [
    { name: 'serial and integer', code: pair('serial()', `integer('a_id')`) },
    {
      name: 'bigserial and bigint',
      code: pair(`bigserial({ mode: 'number' })`, `bigint('a_id', { mode: 'number' })`),
    },
    { name: 'a larger integer', code: pair('integer()', `bigint('a_id', { mode: 'number' })`) },
    { name: 'texts of several lengths', code: pair('text()', `varchar('a_id', { length: 3 })`) },
    {
      name: 'a table of another file',
      code: `${pg}import { a } from './a'\nexport const b = pg.pgTable('b', { aId: pg.uuid().references(() => a.id) })`,
    },
    {
      name: 'custom types',
      code: `${pg}const id = pg.customType({ dataType: () => 'uuid' })
export const a = pg.pgTable('a', { id: id().primaryKey() })
export const b = pg.pgTable('b', { aId: pg.text().references(() => a.id) })`,
    },
    {
      name: 'SQLite, which compares everything',
      code: `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
export const a = sqliteTable('a', { id: integer().primaryKey() })
export const b = sqliteTable('b', { aId: text().references(() => a.id) })`,
    },
    {
      name: 'MySQL’s serial and an unsigned bigint',
      code: `import { bigint, mysqlTable, serial } from 'drizzle-orm/mysql-core'
export const a = mysqlTable('a', { id: serial().primaryKey() })
export const b = mysqlTable('b', { aId: bigint({ mode: 'number', unsigned: true }).references(() => a.id) })`,
    },
  ],
  invalid: [
    {
      name: 'uuid and text',
      code: pair('uuid()', `text('a_id')`),
      errors: [
        {
          messageId: 'refused',
          data: {
            column: 'b.a_id',
            type: 'text',
            referenced: 'a.id',
            referencedType: 'uuid',
            database: 'PostgreSQL',
          },
          line: 4,
          column: 36,
        },
      ],
    },
    {
      name: 'integer and bigint',
      code: pair(`bigint({ mode: 'number' })`, `integer('a_id')`),
      errors: [
        {
          messageId: 'narrower',
          data: { column: 'b.a_id', type: 'integer', referenced: 'a.id', referencedType: 'bigint' },
        },
      ],
    },
    {
      name: 'the second of two columns',
      code: `${pg}
export const a = pg.pgTable('a', { x: pg.integer(), y: pg.integer() })
export const b = pg.pgTable('b', { x: pg.integer(), y: pg.uuid() }, (t) => ({
  fk: pg.foreignKey({ columns: [t.x, t.y], foreignColumns: [a.x, a.y] }),
}))`,
      errors: [
        {
          messageId: 'refused',
          data: {
            column: 'b.y',
            type: 'uuid',
            referenced: 'a.y',
            referencedType: 'integer',
            database: 'PostgreSQL',
          },
          line: 5,
        },
      ],
    },
    {
      name: 'MySQL’s serial and an int',
      code: `import { int, mysqlTable, serial } from 'drizzle-orm/mysql-core'
export const a = mysqlTable('a', { id: serial().primaryKey() })
export const b = mysqlTable('b', { aId: int('a_id').references(() => a.id) })`,
      errors: [
        {
          messageId: 'refused',
          data: {
            column: 'b.a_id',
            type: 'int',
            referenced: 'a.id',
            referencedType: 'bigint unsigned',
            database: 'MySQL',
          },
        },
      ],
    },
  ],
})

const serial = (imports: string, column: string) =>
  `import { ${imports} } from 'drizzle-orm/pg-core'\nexport const b = pgTable('b', { aId: ${column}.references(() => a.id) })`

tester.run('no-serial-foreign-key', noSerialForeignKey, {
  valid: [
    {
      name: 'serial that references nothing',
      code: `${pg}export const a = pg.pgTable('a', { id: pg.serial() })`,
    },
  ],
  invalid: [
    {
      name: 'serial becomes integer and stays not null',
      code: serial('pgTable, serial', `serial('a_id')`),
      errors: [
        {
          messageId: 'serial',
          data: { column: 'b.a_id', plain: 'integer' },
          suggestions: [
            {
              messageId: 'usePlain',
              data: { plain: 'integer' },
              output: serial('pgTable, serial, integer', `integer('a_id').notNull()`),
            },
          ],
        },
      ],
    },
    {
      name: 'not null is not said twice; options stay',
      code: serial('bigint, bigserial, pgTable', `bigserial('a_id', { mode: 'number' }).notNull()`),
      errors: [
        {
          messageId: 'serial',
          data: { column: 'b.a_id', plain: 'bigint' },
          suggestions: [
            {
              messageId: 'usePlain',
              data: { plain: 'bigint' },
              output: serial(
                'bigint, bigserial, pgTable',
                `bigint('a_id', { mode: 'number' }).notNull()`,
              ),
            },
          ],
        },
      ],
    },
    {
      name: 'the builders of a callback, the key in the extra configuration',
      code: `import { foreignKey, pgTable } from 'drizzle-orm/pg-core'
export const b = pgTable('b', (t) => ({ aId: t.serial() }), (t) => [foreignKey({ columns: [t.aId], foreignColumns: [a.id] })])`,
      errors: [{ messageId: 'serial', suggestions: 1, line: 2 }],
    },
    {
      name: 'MySQL',
      code: `import { mysqlTable, serial } from 'drizzle-orm/mysql-core'\nexport const b = mysqlTable('b', { aId: serial().references(() => a.id) })`,
      errors: [
        { messageId: 'serial', data: { column: 'b.aId', plain: 'bigint with unsigned: true' } },
      ],
    },
  ],
})

const setNull = (chain: string, action = `'set null'`) =>
  `${pg}export const b = pg.pgTable('b', { aId: pg.integer('a_id')${chain}.references(() => a.id, { onDelete: ${action} }) })`

tester.run('no-set-null-on-not-null', noSetNullOnNotNull, {
  valid: [
    { name: 'a column that may be null', code: setNull('') },
    { name: 'another action', code: setNull('.notNull()', `'cascade'`) },
    {
      name: 'a composite primary key of SQLite, whose columns may be null',
      code: `import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
export const b = sqliteTable('b', { x: integer().references(() => a.id, { onDelete: 'set null' }), y: integer() }, (t) => [primaryKey({ columns: [t.x, t.y] })])`,
    },
  ],
  invalid: [
    {
      name: 'on delete',
      code: setNull('.notNull()'),
      errors: [
        {
          messageId: 'setNull',
          data: { column: 'b.a_id', event: 'deleting' },
          suggestions: [
            { messageId: 'useRestrict', output: setNull('.notNull()', `'restrict'`) },
            { messageId: 'allowNull', data: { column: 'b.a_id' }, output: setNull('') },
          ],
        },
      ],
    },
    {
      name: 'on update, for a member of the primary key',
      code: `${pg}export const b = pg.pgTable('b', { x: pg.integer(), y: pg.integer() }, (t) => [
  pg.primaryKey({ columns: [t.x, t.y] }),
  pg.foreignKey({ columns: [t.x], foreignColumns: [a.id] }).onUpdate("set null"),
])`,
      errors: [
        {
          messageId: 'setNull',
          data: { column: 'b.x', event: 'changing the key of' },
          suggestions: 1,
          line: 4,
        },
      ],
    },
  ],
})

tester.run('require-primary-key', requirePrimaryKey, {
  valid: [
    {
      name: 'in the object form',
      code: `${pg}export const a = pg.pgTable('a', { x: pg.integer() }, (t) => ({ pk: pg.primaryKey({ columns: [t.x] }) }))`,
    },
    {
      name: 'in a helper',
      code: `${pg}const id = { id: pg.serial().primaryKey() }\nexport const a = pg.pgTable('a', { ...id })`,
    },
    {
      name: 'perhaps in a function of another file',
      code: `${pg}import { id } from './id'\nexport const a = pg.pgTable('a', { id: id() })`,
    },
    {
      name: 'perhaps in shared configuration',
      code: `${pg}import { extras } from './extras'\nexport const a = pg.pgTable('a', { x: pg.integer() }, extras)`,
    },
  ],
  invalid: [
    {
      name: 'a unique column is none',
      code: `${pg}export const a = pg.pgSchema('s').table('a', { x: pg.integer().unique() })`,
      errors: [
        { messageId: 'missing', data: { table: 's.a' }, line: 2, column: 14, endColumn: 15 },
      ],
    },
  ],
})
