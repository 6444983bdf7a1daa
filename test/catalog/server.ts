import type { Catalog } from '../../src/catalog/catalog.ts'
import { displayName } from '../../src/catalog/names.ts'
import { type Constraint, constraintColumns, indexColumns } from '../../src/catalog/table.ts'
import type { TraceClient } from '../../src/verify/trace/index.ts'

/** What there is in a database, in words that server and catalog have in common. */
export interface Inventory {
  /** `users.email not null`. */
  readonly columns: readonly string[]
  /** `users: unique users_email_key (email)`; PostgreSQL 18's not-null constraints are left out. */
  readonly constraints: readonly string[]
  /** `users: users_email_key (email)`, with every column they need. */
  readonly indexes: readonly string[]
  /** `users_id_seq of users.id`. */
  readonly sequences: readonly string[]
  readonly views: readonly string[]
  /** `mood (sad, happy)`. */
  readonly enums: readonly string[]
  readonly domains: readonly string[]
}

/** The inventory that the catalog keeps. */
export function inventoryOf(catalog: Catalog): Inventory {
  const tables = [...catalog.tables.values()]
  return sorted({
    columns: tables.flatMap((table) =>
      table.columns.map(
        (column) => `${displayName(table)}.${column.name}${column.notNull ? ' not null' : ''}`,
      ),
    ),
    constraints: tables.flatMap((table) =>
      table.constraints
        .filter(({ type }) => type !== 'not null')
        .map((constraint) => `${displayName(table)}: ${constraintWords(constraint)}`),
    ),
    indexes: [...tables, ...catalog.views.values()].flatMap((holder) =>
      holder.indexes.map(
        (index) => `${displayName(holder)}: ${index.name} ${list(indexColumns(index))}`,
      ),
    ),
    sequences: [...catalog.sequences.values()].map(
      (sequence) =>
        displayName(sequence) +
        (sequence.ownedBy
          ? ` of ${displayName(sequence.ownedBy.table)}.${sequence.ownedBy.column}`
          : ''),
    ),
    views: [...catalog.views.values()].map(displayName),
    enums: [...catalog.enums.values()].map(
      (type) => `${displayName(type)} (${type.labels.join(', ')})`,
    ),
    domains: [...catalog.domains.values()].map(displayName),
  })
}

function constraintWords(constraint: Constraint): string {
  const target =
    constraint.type === 'foreign key'
      ? ` references ${displayName(constraint.references)} ${list(constraint.referencedColumns)}`
      : ''
  const valid = constraint.valid ? '' : ' not valid'
  return `${constraint.type} ${constraint.name} ${list(constraintColumns(constraint))}${target}${valid}`
}

function list(columns: readonly string[]): string {
  return `(${[...new Set(columns)].sort().join(', ')})`
}

function sorted(inventory: Inventory): Inventory {
  const entries = Object.entries(inventory) as [string, readonly string[]][]
  return Object.fromEntries(entries.map(([key, lines]) => [key, [...lines].sort()])) as never
}

const OWN = `NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`
const name = (schema: string, own: string) =>
  `CASE ${schema} WHEN 'public' THEN '' ELSE ${schema} || '.' END || ${own}`
const columnsOf = (relation: string, numbers: string) =>
  `'(' || coalesce((SELECT string_agg(DISTINCT attname, ', ' ORDER BY attname) FROM pg_attribute
     WHERE attrelid = ${relation} AND attnum = ANY (${numbers}) AND attnum > 0), '') || ')'`

/** The inventory of a real database. */
export async function inventoryOfServer(client: TraceClient): Promise<Inventory> {
  const lines = async (sql: string) =>
    (await client.query(sql)).rows.map((row) => String(Object.values(row)[0]))
  return sorted({
    columns: await lines(`SELECT ${name('nspname::text', 'relname')} || '.' || attname ||
        CASE WHEN attnotnull AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid
          AND contype = 'n' AND NOT convalidated AND conkey[1] = attnum) THEN ' not null' ELSE '' END
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
      WHERE relkind IN ('r', 'p', 'f') AND attnum > 0 AND NOT attisdropped AND nspname ${OWN}`),
    constraints: await lines(`SELECT ${name('nspname::text', 'c.relname')} || ': ' ||
        CASE contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'p' THEN 'primary key'
          WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclude' END || ' ' || conname || ' ' ||
        ${columnsOf('c.oid', 'conkey')} ||
        coalesce((SELECT ' references ' || ${name('rn.nspname::text', 'r.relname')} || ' ' ||
          ${columnsOf('r.oid', 'confkey')} FROM pg_class r JOIN pg_namespace rn ON rn.oid = r.relnamespace
          WHERE r.oid = confrelid), '') || CASE WHEN convalidated THEN '' ELSE ' not valid' END
      FROM pg_constraint JOIN pg_class c ON c.oid = conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE contype <> 'n' AND nspname ${OWN}`),
    indexes:
      await lines(`SELECT ${name('nspname::text', 't.relname')} || ': ' || i.relname || ' ' ||
        ${columnsOf(
          't.oid',
          `indkey::int2[] || (SELECT coalesce(array_agg(refobjsubid::int2), '{}')
          FROM pg_depend WHERE objid = i.oid AND refobjid = t.oid AND classid = 'pg_class'::regclass)`,
        )}
      FROM pg_index x JOIN pg_class i ON i.oid = indexrelid JOIN pg_class t ON t.oid = indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace WHERE nspname ${OWN}`),
    sequences:
      await lines(`SELECT ${name('nspname::text', 's.relname')} || coalesce((SELECT ' of ' ||
          ${name('tn.nspname::text', 't.relname')} || '.' || attname
          FROM pg_depend JOIN pg_class t ON t.oid = refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
          JOIN pg_attribute ON attrelid = t.oid AND attnum = refobjsubid
          WHERE objid = s.oid AND deptype IN ('a', 'i') AND classid = 'pg_class'::regclass), '')
      FROM pg_class s JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'S' AND nspname ${OWN}`),
    views: await lines(`SELECT ${name('nspname::text', 'relname')} FROM pg_class
      JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('v', 'm') AND nspname ${OWN}`),
    enums: await lines(`SELECT ${name('nspname::text', 'typname')} || ' (' ||
        string_agg(enumlabel, ', ' ORDER BY enumsortorder) || ')'
      FROM pg_enum JOIN pg_type t ON t.oid = enumtypid JOIN pg_namespace n ON n.oid = typnamespace
      GROUP BY nspname, typname`),
    domains: await lines(`SELECT ${name('nspname::text', 'typname')} FROM pg_type
      JOIN pg_namespace n ON n.oid = typnamespace WHERE typtype = 'd' AND nspname ${OWN}`),
  })
}
