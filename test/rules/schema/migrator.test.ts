import { identifierTooLong } from '../../../rules/schema/identifierTooLong.ts'
import { noConcurrentIndex } from '../../../rules/schema/noConcurrentIndex.ts'
import { requireExportedTables } from '../../../rules/schema/requireExportedTables.ts'
import { rowSecurityWithoutPolicy } from '../../../rules/schema/rowSecurityWithoutPolicy.ts'
import { tester } from './tester.ts'

const pg = `import * as pg from 'drizzle-orm/pg-core'\n`
const table = (name: string, rest = '') =>
  `pg.pgTable('${name}', { id: pg.integer().primaryKey() }${rest})`

tester.run('require-exported-tables', requireExportedTables, {
  valid: [
    { name: 'a script, which exports nothing', code: `${pg}const a = ${table('a')}` },
    { name: 'a default export', code: `${pg}const a = ${table('a')}\nexport default a` },
    { name: 'CommonJS', code: `${pg}const a = ${table('a')}\nmodule.exports = { a }` },
    {
      name: 'within a function',
      code: `${pg}export function test() { const a = ${table('a')}; return a }`,
    },
    {
      name: 'a schema the host brings',
      code: `${pg}const auth = pg.pgSchema('auth')\nexport const profiles = auth.table('profiles', {})`,
    },
  ],
  invalid: [
    {
      name: 'a table, an enum and a sequence',
      code: `${pg}export const a = ${table('a')}
const b = ${table('b')}
const mood = pg.pgEnum('mood', ['fine'])
const counter = pg.pgSequence('counter')`,
      errors: [
        {
          messageId: 'notExported',
          data: { name: 'b', kind: 'table' },
          line: 3,
          suggestions: [
            {
              messageId: 'addExport',
              data: { name: 'b' },
              output: `${pg}export const a = ${table('a')}
export const b = ${table('b')}
const mood = pg.pgEnum('mood', ['fine'])
const counter = pg.pgSequence('counter')`,
            },
          ],
        },
        { messageId: 'notExported', data: { name: 'mood', kind: 'enum' }, suggestions: 1 },
        { messageId: 'notExported', data: { name: 'counter', kind: 'sequence' }, suggestions: 1 },
      ],
    },
    {
      name: 'a schema whose tables are exported',
      code: `${pg}const shop = pg.pgSchema('shop')\nexport const a = shop.table('a', {})`,
      errors: [
        { messageId: 'notExported', data: { name: 'shop', kind: 'schema' }, suggestions: 1 },
      ],
    },
    {
      name: 'only within an object; two in one statement have no suggestion',
      code: `${pg}const a = ${table('a')}, other = 1\nexport const schema = { a, other }`,
      errors: [{ messageId: 'notExported', data: { name: 'a', kind: 'table' } }],
    },
  ],
})

tester.run('no-concurrent-index', noConcurrentIndex, {
  valid: [
    {
      name: 'none',
      code: `${pg}export const a = ${table('a', `, (t) => [pg.index('i').on(t.id)]`)}`,
    },
  ],
  invalid: [
    {
      name: 'at the end of the chain or in the middle of it',
      code: `${pg}export const a = ${table('a', `, (t) => ({ i: pg.index('i').concurrently().on(t.id), j: pg.uniqueIndex().on(t.id)\n  .concurrently() })`)}`,
      errors: [
        {
          messageId: 'concurrently',
          data: { index: 'i', table: 'a' },
          suggestions: [
            {
              messageId: 'remove',
              output: `${pg}export const a = ${table('a', `, (t) => ({ i: pg.index('i').on(t.id), j: pg.uniqueIndex().on(t.id)\n  .concurrently() })`)}`,
            },
          ],
        },
        {
          messageId: 'concurrently',
          data: { index: 'the index on a', table: 'a' },
          line: 3,
          column: 4,
          suggestions: [
            {
              messageId: 'remove',
              output: `${pg}export const a = ${table('a', `, (t) => ({ i: pg.index('i').concurrently().on(t.id), j: pg.uniqueIndex().on(t.id) })`)}`,
            },
          ],
        },
      ],
    },
  ],
})

tester.run('row-security-without-policy', rowSecurityWithoutPolicy, {
  valid: [
    {
      name: 'a linked policy',
      code: `${pg}export const a = ${table('a')}.enableRLS()\nexport const p = pg.pgPolicy('p', {}).link(a)`,
    },
    {
      name: 'a policy linked to what is not known',
      code: `${pg}export const a = ${table('a')}.enableRLS()\nexport const p = pg.pgPolicy('p', {}).link(table)`,
    },
    {
      name: 'policies of another file',
      code: `${pg}export const a = ${table('a', ', () => [...policies]')}.enableRLS()`,
    },
    { name: 'no row level security', code: `${pg}export const a = ${table('a')}` },
  ],
  invalid: [
    {
      name: 'withRLS of 1.0, a policy of another table',
      code: `${pg}export const b = ${table('b')}\nexport const a = pg.pgTable.withRLS('a', {})\nexport const p = pg.pgPolicy('p', {}).link(b)`,
      errors: [{ messageId: 'noPolicy', data: { table: 'a' }, line: 3, column: 14 }],
    },
  ],
})

const long = 'x'.repeat(64)

tester.run('identifier-too-long', identifierTooLong, {
  valid: [
    { name: '63 bytes', code: `${pg}export const a = ${table(long.slice(1))}` },
    {
      name: '64 characters of MySQL',
      code: `import { mysqlTable } from 'drizzle-orm/mysql-core'\nexport const a = mysqlTable('${long}', {})`,
    },
    {
      name: 'SQLite',
      code: `import { sqliteTable } from 'drizzle-orm/sqlite-core'\nexport const a = sqliteTable('${long}', {})`,
    },
    {
      name: 'a derived name where those do not count',
      code: `${pg}export const a = pg.pgTable('${'t'.repeat(40)}', { c: pg.integer('${'c'.repeat(40)}').unique() })`,
      options: [{ derived: false }],
    },
    {
      name: 'a table of 1.0, which shortens what it derives',
      code: `import { integer, snakeCase } from 'drizzle-orm/pg-core'\nexport const a = snakeCase.table('${'t'.repeat(40)}', { c: integer('${'c'.repeat(40)}').unique() })`,
    },
  ],
  invalid: [
    {
      name: 'a table, counted in bytes',
      code: `${pg}export const a = pg.pgTable('${'ü'.repeat(32)}', {})`,
      errors: [
        {
          messageId: 'cut',
          data: {
            server: 'PostgreSQL',
            count: '63',
            kind: 'table',
            origin: '',
            length: '64',
            cut: 'ü'.repeat(31),
          },
          line: 2,
          column: 14,
        },
      ],
    },
    {
      name: 'a derived unique constraint, at its column',
      code: `${pg}export const a = pg.pgTable('${'t'.repeat(30)}', { c: pg.integer('${'c'.repeat(30)}').unique() })`,
      errors: [
        {
          messageId: 'cut',
          data: {
            server: 'PostgreSQL',
            count: '63',
            kind: 'unique constraint',
            origin: `, "${'t'.repeat(30)}_${'c'.repeat(30)}_unique", which drizzle derives,`,
            length: '68',
            cut: `${'t'.repeat(30)}_${'c'.repeat(30)}_u`,
          },
        },
      ],
    },
    {
      name: 'MySQL refuses it',
      code: `import { index, int, mysqlTable } from 'drizzle-orm/mysql-core'\nexport const a = mysqlTable('a', { id: int() }, (t) => [index('${long}x').on(t.id)])`,
      errors: [
        {
          messageId: 'refused',
          data: { server: 'MySQL', count: '64', kind: 'index', origin: '', length: '65' },
        },
      ],
    },
  ],
})
