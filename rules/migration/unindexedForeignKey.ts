import { findIndex, findTable } from '../../src/catalog/catalog.ts'
import type { ChangeOf } from '../../src/catalog/change.ts'
import {
  type QualifiedName,
  displayColumn,
  displayName,
  sameName,
} from '../../src/catalog/names.ts'
import {
  type ForeignKeyConstraint,
  type Index,
  type Table,
  sameColumns,
} from '../../src/catalog/table.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { unindexedForeignKeyOnSqlite } from './sqlite/unindexedForeignKey.ts'

export const unindexedForeignKey = defineRule({
  name: 'unindexed-foreign-key',
  meta: {
    dialects: ['postgresql', 'sqlite'],
    type: 'suggestion',
    severity: 'warn',
    docs: {
      description: 'A foreign key has no index on its own columns',
      why: `PostgreSQL indexes the referenced side only. Every DELETE on the referenced table, and every UPDATE of its key, then reads the whole referencing table to look for rows, while it holds its row locks; joins and cascades along the key are as slow. It goes unnoticed until the table has grown.`,
      instead: `Add the index in the schema file, next to the key: \`(table) => [index().on(table.userId)]\`. On a table the same deployment creates it costs nothing. On a table with rows see create-index.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: 'on a new table',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "posts" ("id" integer PRIMARY KEY, "user_id" integer);--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id");`,
          },
          {
            name: 'with an index that starts with another column',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "posts" ("id" integer PRIMARY KEY, "slug" text, "user_id" integer REFERENCES "users"("id"));--> statement-breakpoint
CREATE INDEX "posts_slug_user_id_idx" ON "posts" USING btree ("slug","user_id");`,
          },
        ],
        good: [
          {
            name: 'with an index, created later in the same deployment',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: [
              `CREATE TABLE "posts" ("id" integer PRIMARY KEY, "user_id" integer REFERENCES "users"("id"));`,
              `CREATE INDEX "posts_user_id_idx" ON "posts" USING btree ("user_id");`,
            ],
          },
          {
            name: 'with a primary key that starts with its column',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "members" ("user_id" integer REFERENCES "users"("id"), "team" text, PRIMARY KEY ("user_id", "team"));`,
          },
        ],
      },
    },
    wording: { sqlite: unindexedForeignKeyOnSqlite },
    messages: {
      unindexed: {
        message:
          'No index starts with {{columns}}, so every delete or key change in {{references}} scans all of {{table}}.',
        help: 'Add an index on {{columns}} to the schema file.',
      },
      dropped: {
        message:
          'Without {{index}} no index starts with {{columns}}, so every delete or key change in {{references}} scans all of {{table}}.',
        help: 'Keep it, or create another index that starts with {{columns}} before it is dropped.',
      },
    },
  },
  create(context) {
    const added: Added[] = []
    const dropped: Dropped[] = []
    const told = new Set<ForeignKeyConstraint>()
    const reportDropped = ({ change, table: name, index }: Dropped) => {
      const table = findTable(context.deployment.known, name)
      for (const key of table?.constraints ?? []) {
        if (table === undefined || key.type !== 'foreign key') continue
        // A key of this deployment's own is told where it is added.
        if (key.createdIn === context.deployment.after.deployment) continue
        if (told.has(key) || !serves(index, key.columns)) continue
        if (table.indexes.some((other) => serves(other, key.columns))) continue
        told.add(key)
        const columns = key.columns.map((column) => displayColumn(table, column)).join(', ')
        context.report({
          on: change,
          part: 'name',
          messageId: 'dropped',
          object: columns,
          data: {
            index: index.name,
            columns,
            references: displayName(key.references),
            table: displayName(table),
          },
        })
      }
    }
    const reportUnindexed = (change: Added, table: Table, key: ForeignKeyConstraint) => {
      const columns = key.columns.map((column) => displayColumn(table, column)).join(', ')
      context.report({
        on: change,
        part: 'constraint',
        messageId: 'unindexed',
        object: columns,
        data: { columns, references: displayName(key.references), table: displayName(table) },
      })
    }
    return {
      DropIndex(change) {
        const index = change.table && findIndex(change.before, change.index)?.index
        if (change.table && index) dropped.push({ change, table: change.table, index })
      },
      DropConstraint(change) {
        const index = findTable(change.before, change.table)?.indexes.find(
          ({ constraint }) => constraint === change.constraint,
        )
        if (index) dropped.push({ change, table: change.table, index })
      },
      AddForeignKey: (change) => void added.push(change),
      AlterForeignKey: (change) => void added.push(change),
      'Deployment:exit'({ known, after }) {
        // The last of several that served it is the one to keep.
        dropped.toReversed().forEach(reportDropped)
        if (added.length === 0) return
        const left = new Set(added)
        const seen = new Set<ForeignKeyConstraint>()
        const lookAt = (table: Table) => {
          for (const key of table.constraints) {
            // A key that was renamed since is still the one that this deployment made.
            if (key.type !== 'foreign key' || key.createdIn !== after.deployment) continue
            const change = seen.has(key) ? undefined : changeOf(left, table, key)
            if (change === undefined) continue
            seen.add(key)
            left.delete(change)
            if (!table.indexes.some((index) => serves(index, key.columns)))
              reportUnindexed(change, table, key)
          }
        }
        const tables = new Set(added.map((change) => findTable(known, change.table)))
        for (const table of tables) if (table) lookAt(table)
        // Of a table that was renamed since, or that took another's name.
        if (left.size > 0) for (const table of known.tables.values()) lookAt(table)
      },
    }
  },
})

/** An index that goes, by itself or with the constraint it stands behind. */
interface Dropped {
  readonly change: ChangeOf<'DropIndex'> | ChangeOf<'DropConstraint'>
  readonly table: QualifiedName
  readonly index: Index
}

type Added = ChangeOf<'AddForeignKey'> | ChangeOf<'AlterForeignKey'>

/** The change that made a key: by its name, else by what it is on. */
function changeOf(
  added: ReadonlySet<Added>,
  table: Table,
  key: ForeignKeyConstraint,
): Added | undefined {
  // A key that was dropped and made again is the last of its name.
  const all = [...added].reverse()
  const isOnSame = (change: Added) => sameColumns(change.key.columns, key.columns)
  return (
    all.find((change) => change.key.name === key.name && sameName(change.table, table)) ??
    all.find((change) => change.key.name === key.name) ??
    all.find((change) => sameName(change.table, table) && isOnSame(change)) ??
    all.find((change) => sameName(change.key.references, key.references) && isOnSame(change))
  )
}

/**
 * Whether a lookup by the key's columns can use the index: a btree by its leading column, whatever
 * the others are (measured: an index scan), a hash by its only one.
 */
function serves(index: Index, columns: readonly string[]): boolean {
  const [leading] = index.columns
  const leads = typeof leading === 'string' && columns.includes(leading)
  // Rows whose key is NULL reference nothing: an index without them is as good.
  const { predicate } = index
  const partial =
    predicate !== null &&
    !(predicate.onlyNotNull && predicate.provesNotNull.every((column) => columns.includes(column)))
  return leads && !partial && (index.method === 'btree' || index.method === 'hash')
}
