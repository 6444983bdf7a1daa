import { dependentViews, findTable, referencesTo } from '../../src/catalog/catalog.ts'
import type { Change, ChangeOf } from '../../src/catalog/change.ts'
import { isNewColumn, isNewTable } from '../../src/catalog/newness.ts'
import {
  type QualifiedName,
  displayColumn,
  displayName,
  nameKey,
  sameName,
} from '../../src/catalog/names.ts'
import { constraintColumns, findColumn, indexColumns } from '../../src/catalog/table.ts'
import { type DataType, sameType } from '../../src/catalog/type.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { lostWithColumn } from './cascaded.ts'
import { listed } from '../../src/finding/listed.ts'
import { dropColumnOnMysql } from './mysql/dropColumn.ts'
import { dropColumnOnSqlite } from './sqlite/dropColumn.ts'

export const dropColumn = defineRule({
  name: 'drop-column',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A column is dropped while code that uses it may still run',
      why: `Its data is gone, and so is every index, constraint and foreign key that needs it; PostgreSQL drops them silently. Code of the previous release, which runs until the rollout is over (and after a rollback), names the column in every SELECT and INSERT that Drizzle builds for the table, so all of them fail from the moment the migration commits. A rename that was answered with "create column" when drizzle-kit asked also ends up here: the old column's data is dropped with it.`,
      instead: `Two deployments, because every INSERT that Drizzle builds names every column of the schema file. Deployment 1: remove the column from the schema and run \`drizzle-kit generate\`, but in the generated file replace the DROP COLUMN: by \`ALTER COLUMN … DROP NOT NULL\` if the column is NOT NULL without a default, else by a comment. The new code then no longer knows the column, and the database still has it for the old code. Deployment 2: a custom migration (\`drizzle-kit generate --custom\`) with the DROP COLUMN, and a line above it that says why it is safe:\n\n\`-- migration-lint-disable-next-statement drop-column -- unused since v42\``,
      category: 'data-loss',
      examples: {
        bad: [
          {
            name: 'a column that indexes and a foreign key need',
            schema: `CREATE TABLE orgs (id int PRIMARY KEY);
CREATE TABLE users (id int PRIMARY KEY, email text, org_id int REFERENCES orgs (id));
CREATE INDEX users_org_id_email_idx ON users (org_id, email);`,
            sql: `ALTER TABLE "users" DROP COLUMN "org_id";`,
          },
          {
            name: 'a rename that drizzle-kit took for a new column',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);`,
            sql: `ALTER TABLE "users" ADD COLUMN "full_name" text;--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "name";`,
          },
        ],
        good: [
          {
            name: 'a column the same deployment added',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: [
              `ALTER TABLE "users" ADD COLUMN "nickname" text;`,
              `ALTER TABLE "users" DROP COLUMN "nickname";`,
            ],
          },
          {
            name: 'a generated column that is recreated',
            schema: `CREATE TABLE notes (id int PRIMARY KEY, words int);`,
            sql: `CREATE TABLE "drafts" ("id" integer PRIMARY KEY, "a" integer, "b" integer GENERATED ALWAYS AS ("a" + 1) STORED);--> statement-breakpoint
ALTER TABLE "drafts" drop column "b";--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "b" integer GENERATED ALWAYS AS ("a" + 2) STORED;`,
          },
        ],
      },
    },
    wording: { mysql: dropColumnOnMysql, sqlite: dropColumnOnSqlite },
    messages: {
      drops: {
        message:
          'Dropping {{object}} deletes its data, and running code that still names it fails{{also}}.',
        help: 'Ship the code that no longer uses it first and drop it in a later deployment, with this line above it: -- migration-lint-disable-next-statement drop-column -- <why it is safe now>',
      },
      deletes: {
        message: 'Dropping {{object}} deletes its data{{also}}.',
        help: 'Drop it in a later deployment, once nothing needs its data, with this line above it: -- migration-lint-disable-next-statement drop-column -- <why it is safe now>',
      },
      copied: {
        message:
          '{{object}} is dropped after {{added}} was filled in the same deployment: running code that still names the old column fails{{also}}.',
        help: 'Ship the code that uses {{added}} first, and drop the old column in a later deployment.',
        category: 'breaks-running-code',
      },
      renamed: {
        message:
          '{{object}} is dropped and {{added}} of the same type is added: if that is a rename, its data is lost{{also}}.',
        help: 'If it is a rename, copy the values before the drop, in a deployment of its own. If not, ship the code that no longer uses it first and drop it later.',
      },
    },
  },
  create(context) {
    let added: AddedColumns | undefined
    return {
      DropColumn(change) {
        const { before, table, column } = change
        if (isNewTable(before, table) || isNewColumn(before, table, column)) return
        const known = findColumn(findTable(before, table), column)
        const isAbsent = known === undefined && findTable(before, table)?.complete === true
        if (isAbsent && (change.ifExists || change.origin.guarded)) return
        if (known?.generated && findColumn(findTable(context.deployment.after, table), column))
          return
        // Where they are in the way of the drop, they do not go with it.
        const isRefused = context
          .effects(change)
          .errors.some(({ kind }) => kind === 'has-dependents')
        const lost = isRefused ? [] : vanishing(change)
        const gone = lost.length > 0 ? `; with it go ${listed(lost)}` : ''
        const also = isRefused ? '' : gone + listedAfter(leftWithout(change))
        const object = displayColumn(table, column)
        added ??= addedColumns(context.deployment.changes)
        const other = known && replacement(added, table, known.type)
        // Code that runs cannot name what only this deployment has named so.
        const deployed = findTable(context.deployment.before, table)
        const isNewName = deployed?.complete === true && findColumn(deployed, column) === undefined
        context.report({
          on: change,
          part: 'column',
          messageId: other
            ? isCopied(change, other)
              ? 'copied'
              : 'renamed'
            : isNewName
              ? 'deletes'
              : 'drops',
          object,
          data: other ? { also, added: displayColumn(table, other) } : { also },
        })
      },
    }
  },
})

type Dropped = ChangeOf<'DropColumn'>

/** What PostgreSQL drops along with the column. */
function vanishing({ before, after, table, column, cascade }: Dropped): readonly string[] {
  const known = findTable(before, table)
  const remaining = new Set(findTable(after, table)?.indexes.map(({ name }) => name))
  const indexes = (known?.indexes ?? [])
    .filter((index) => index.constraint === null && indexColumns(index).includes(column))
    .filter(({ name }) => !remaining.has(name))
    .map((index) => `${index.unique ? 'unique index' : 'index'} ${index.name}`)
  const constraints = (known?.constraints ?? [])
    .filter((constraint) => constraintColumns(constraint).includes(column))
    .map((constraint) => `${constraint.type} ${constraint.name}`)
  const pointing = cascade
    ? referencesTo(before, table)
        .filter(
          ({ table: holder, key }) =>
            !sameName(holder, table) && key.referencedColumns.includes(column),
        )
        .map(({ table: holder, key }) => `foreign key ${key.name} of ${displayName(holder)}`)
    : []
  const others = cascade ? lostWithColumn(before, table, column) : []
  return [...indexes, ...constraints, ...pointing, ...others]
}

/** Where a dropped column takes less with it (MySQL): indexes without it, views that fail. */
function leftWithout({ before, after, table, column }: Dropped): readonly string[] {
  const known = findTable(before, table)
  const narrowed = (findTable(after, table)?.indexes ?? []).flatMap((index) => {
    const old = known?.indexes.find(({ name }) => name === index.name)
    if (!old?.columns.includes(column)) return []
    const kind = index.unique ? 'unique index' : 'index'
    return [`${kind} ${index.name} stays on (${index.columns.join(', ')}) alone`]
  })
  const views = before.boundByName
    ? dependentViews(after, table, column).map(
        (view) => `view ${displayName(view)} fails from then on`,
      )
    : []
  return [...narrowed, ...views]
}

function listedAfter(items: readonly string[]): string {
  return items.length > 0 ? `; ${listed(items)}` : ''
}

/** The columns that a deployment adds, by table. */
type AddedColumns = ReadonlyMap<string, readonly ChangeOf<'AddColumn'>[]>

function addedColumns(changes: readonly Change[]): AddedColumns {
  const added = new Map<string, ChangeOf<'AddColumn'>[]>()
  for (const change of changes) {
    if (change.kind !== 'AddColumn') continue
    const key = nameKey(change.table)
    const others = added.get(key)
    if (others) others.push(change)
    else added.set(key, [change])
  }
  return added
}

/** Whether an UPDATE of the same deployment has given a column its values before the drop. */
function isCopied({ before, table }: Dropped, column: string): boolean {
  const known = findTable(before, table)
  const isWritten = findColumn(known, column)?.writtenIn === before.deployment
  return isWritten && known?.filledIn !== before.deployment
}

/** A column of the same type that the same deployment adds to the same table. */
function replacement(added: AddedColumns, table: QualifiedName, type: DataType): string | null {
  const candidates = (added.get(nameKey(table)) ?? []).filter((change) =>
    sameType(change.definition.type, type),
  )
  return candidates.length === 1 ? (candidates[0]?.column ?? null) : null
}
