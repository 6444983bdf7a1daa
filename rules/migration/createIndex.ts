import { findTable } from '../../src/catalog/catalog.ts'
import type { ChangeOf } from '../../src/catalog/change.ts'
import { isNewColumn } from '../../src/catalog/newness.ts'
import { displayName } from '../../src/catalog/names.ts'
import { indexColumns } from '../../src/catalog/table.ts'
import { keepsOut } from '../../src/dialects/effects.ts'
import { isOnDevices, rowFailure } from '../../src/lint/rowFailure.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { createIndexOnMysql } from './mysql/createIndex.ts'
import { createIndexOnSqlite } from './sqlite/createIndex.ts'

export const createIndex = defineRule({
  name: 'create-index',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'warn',
    covers: { work: ['CreateIndex'], errors: { CreateIndex: ['duplicate'] } },
    docs: {
      description: 'An index is built on an existing table while nobody can write to it',
      why: `CREATE INDEX takes SHARE on the table for as long as the build takes: reads continue, but every INSERT, UPDATE and DELETE waits. In Drizzle's single transaction they keep waiting until the last pending statement is done. If an earlier statement of the batch already holds ACCESS EXCLUSIVE on the table, reads wait too.`,
      instead: `CREATE INDEX CONCURRENTLY blocks nobody, but cannot run in a transaction, and Drizzle's migrator always opens one. There is no clean form inside the migrator. What works: before you deploy, run \`CREATE INDEX CONCURRENTLY "name" ON …\` by hand (psql, or a script of your own) and check that it is valid (\`\\d table\`; a failed one stays behind as INVALID, and IF NOT EXISTS counts it as existing). In the migration add IF NOT EXISTS to the generated statement, so that it only builds where the index is missing, and say so above it:\n\n\`-- migration-lint-disable-next-statement create-index -- built concurrently before the deployment\`\n\nA table that stays small belongs in \`smallTables\`.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: 'an index as drizzle-kit writes it',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text);`,
            sql: `CREATE INDEX "users_email_idx" ON "users" USING btree ("email");`,
          },
          {
            name: 'after a statement that locks out readers',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text);`,
            sql: `ALTER TABLE "users" ADD COLUMN "bio" text;--> statement-breakpoint
CREATE INDEX "users_email_idx" ON "users" USING btree ("email");`,
          },
        ],
        good: [
          {
            name: 'on a table the same deployment creates',
            schema: '',
            sql: `CREATE TABLE "users" ("id" integer PRIMARY KEY, "email" text);--> statement-breakpoint
CREATE INDEX "users_email_idx" ON "users" USING btree ("email");`,
          },
          {
            name: 'built by hand before the deployment',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text);`,
            sql: `-- migration-lint-disable-next-statement create-index -- built concurrently beforehand
CREATE INDEX IF NOT EXISTS "users_email_idx" ON "users" USING btree ("email");`,
          },
          {
            name: 'concurrently, with a migrator that opens no transaction',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text);`,
            sql: `CREATE INDEX CONCURRENTLY "users_email_idx" ON "users" USING btree ("email");`,
            migrator: 'none',
          },
        ],
      },
    },
    wording: { mysql: createIndexOnMysql, sqlite: createIndexOnSqlite },
    messages: {
      duplicates: {
        message: '{{object}} fails if two rows of {{table}} have the same {{columns}}.',
        help: '{{remedy}}',
        category: 'fails-on-rows',
        severity: 'error',
      },
      builds: {
        message:
          'Building {{object}} blocks every write to {{table}} until the deployment commits{{fails}}.',
        help: '{{advice}}{{ask}}',
      },
      buildsUnderLock: {
        message:
          '{{object}} is built while an earlier statement keeps {{table}} locked {{mode}}: nobody can even read it{{fails}}.',
        help: '{{advice}}{{ask}}',
        severity: 'error',
      },
    },
  },
  create(context) {
    const reportDuplicates = (change: ChangeOf<'CreateIndex'>) => {
      const { table, index } = change
      const columns = index.columns.map((column) => column ?? '…').join(', ')
      const name = displayName(table)
      const remedy = isOnDevices(context)
        ? 'Remove them with a DELETE in a migration before this one: nobody can look whether a device has any.'
        : `Make sure that there are none: SELECT ${columns}, count(*) FROM ${name} GROUP BY ${columns} HAVING count(*) > 1.`
      const data = { table: name, columns, remedy, ...rowFailure(context, change) }
      context.report({
        on: change,
        part: 'name',
        messageId: 'duplicates',
        object: index.name,
        data,
      })
    }
    return {
      CreateIndex(change) {
        const { locks, errors, scans } = context.effects(change)
        if (locks.every((lock) => !keepsOut(lock, 'writers'))) {
          if (errors.some(({ kind }) => kind === 'duplicate')) reportDuplicates(change)
          return
        }
        if (scans.length === 0 || context.isSmall(change.table)) return
        const held = context.heldLocks.on(change.table)
        const locked = held && keepsOut(held, 'readers') ? held : undefined
        context.report({
          on: change,
          part: 'name',
          messageId: locked ? 'buildsUnderLock' : 'builds',
          object: change.index.name,
          data: {
            ...rowFailure(context, change),
            table: displayName(change.table),
            advice: adviceFor(change),
            mode: locked ? context.dialect.words.lock(locked.mode) : '',
          },
        })
      },
    }
  },
})

const BEFOREHAND =
  'Create it CONCURRENTLY by hand before the deployment; add IF NOT EXISTS here, with this line above: -- migration-lint-disable-next-statement create-index -- built concurrently beforehand'
const AFTERWARDS =
  'This deployment adds one of its columns, so it cannot be built beforehand. Take this statement out, create the index CONCURRENTLY by hand after the deployment, and add CREATE INDEX IF NOT EXISTS to a migration of a later one.'
const PARTITIONED =
  'PostgreSQL refuses CONCURRENTLY on a partitioned table. By hand before the deployment: create the index ON ONLY the parent, create one CONCURRENTLY on each partition, and attach each with ALTER INDEX … ATTACH PARTITION; here add IF NOT EXISTS.'

/** What can be done about it depends on what the table is. */
function adviceFor({ before, table, index }: ChangeOf<'CreateIndex'>): string {
  const known = findTable(before, table)
  const isOnNew = indexColumns(index).some((column) => isNewColumn(before, table, column))
  if (isOnNew) return AFTERWARDS
  return known?.partitionKey ? PARTITIONED : BEFOREHAND
}
