// Compares the catalog of the corpus's SQLite migrations with what SQLite itself shows of them:
// node bench/start.mjs sqliteCatalog [project …]
import { createRequire } from 'node:module'
import type { Catalog } from '../src/catalog/catalog.ts'
import { primaryKeyOf } from '../src/catalog/table.ts'
import { displayType } from '../src/catalog/type.ts'
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'
import { createEngine } from '../src/dialects/sqlite/engine.ts'
import { replayDeployment } from '../src/lint/judge.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'

interface Database {
  run(sql: string): void
  exec(sql: string): { readonly values: readonly (readonly unknown[])[] }[]
}
const load = createRequire(import.meta.url)('sql.js') as () => Promise<{
  Database: new () => Database
}>
const sqlJs = await load()
const engine = createEngine('sqlite')
const session = { version: null, timezone: 'UTC', transaction: 'deployment' } as const
const counts = { folders: 0, statements: 0, refused: 0, tables: 0, parts: 0, different: 0 }
const only = process.argv.slice(2)

for (const { name, migrations } of await corpusProjects(corpusFolder(), 'sqlite')) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue
  counts.folders++
  const database = new sqlJs.Database()
  // What the engine refuses is no part of its catalog, nor of ours.
  const taken = migrations.map((migration) => {
    const chunks = splitAtBreakpoints(migration.text).flatMap((source) => {
      const parts = engine
        .statements(source.text)
        .map(({ start, end }) => source.text.slice(start, end))
      return parts.filter((sql) => {
        counts.statements++
        try {
          database.run(sql)
          return true
        } catch (error) {
          if (!/cannot start a transaction|no transaction/.test((error as Error).message)) {
            counts.refused++
            console.log(`  ${name} ${migration.name}: ${(error as Error).message}`)
          }
          return false
        }
      })
    })
    return { ...migration, text: chunks.join(';\n--> statement-breakpoint\n') }
  })
  const { after } = replayDeployment({ engine, session }, engine.emptyCatalog, taken)
  const [own, shown] = [ofCatalog(after), ofDatabase(database, after)]
  for (const [key, value] of shown) {
    counts.parts++
    if (own.get(key) === value) continue
    counts.different++
    console.log(`- ${name}: ${key} is ${value}, the catalog has ${own.get(key) ?? 'nothing'}`)
  }
  for (const [key, value] of own) {
    if (shown.has(key)) continue
    counts.different++
    console.log(`- ${name}: ${key} is not there, the catalog has ${value}`)
  }
}
console.log(counts)

/** What a catalog says of each table's columns, keys and indexes, one line for each. */
function ofCatalog({ tables }: Catalog): Map<string, string> {
  const lines = new Map<string, string>()
  for (const table of tables.values()) {
    if (table.virtual || table.schema !== '') continue
    counts.tables++
    const at = table.name
    const key = primaryKeyOf(table)
    for (const column of table.columns) {
      const inKey = key?.type === 'primary key' ? key.columns.indexOf(column.name) + 1 : 0
      const { notNull, generated } = column
      const type = displayType({ ...column.type, collation: null }).toLowerCase()
      const hidden = generated === null ? 0 : generated.stored ? 3 : 2
      const isRequired = notNull && inKey === 0
      lines.set(
        `${at}.${column.name}`,
        [type, isRequired, column.default !== null, inKey, hidden].join(' '),
      )
    }
    for (const index of table.indexes) {
      if (index.constraint !== null) continue
      const columns = index.columns.map((column) => column ?? '(expression)').join()
      lines.set(
        `index ${index.name}`,
        `${at} ${index.unique} ${index.predicate !== null} ${columns}`,
      )
    }
    for (const constraint of table.constraints) {
      if (constraint.type === 'unique')
        lines.set(`unique ${at} ${constraint.columns.join()}`, 'yes')
      if (constraint.type !== 'foreign key') continue
      const { columns, references, referencedColumns, onDelete, onUpdate } = constraint
      lines.set(
        `key ${at} ${columns.join()} to ${references.name}`,
        `${referencedColumns.join()} ${onDelete} ${onUpdate}`,
      )
    }
  }
  return lines
}

/** The same as SQLite's PRAGMAs have it. */
function ofDatabase(database: Database, { tables }: Catalog): Map<string, string> {
  const rows = (sql: string) => database.exec(sql)[0]?.values ?? []
  const lines = new Map<string, string>()
  const virtual = new Set(
    [...tables.values()].filter((table) => table.virtual).map((table) => table.name),
  )
  const names = rows(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'",
  ).map(([name]) => String(name))
  for (const at of names.filter(
    (name) => ![...virtual].some((one) => name.startsWith(`${one}_`)),
  )) {
    for (const row of rows(
      `SELECT name, lower(type), "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo('${at}')`,
    )) {
      const [name, type, notNull, value, pk, hidden] = row
      const isNull = String(value).toUpperCase() === 'NULL'
      const hasDefault = value !== null && !isNull
      lines.set(
        `${at}.${String(name)}`,
        [
          String(type)
            .replace(/\s*\(\s*/, '(')
            .replace(/\s*,\s*/, ',')
            .replace(/ generated always$/, ''),
          notNull === 1 && pk === 0,
          hasDefault,
          pk,
          hidden,
        ].join(' '),
      )
    }
    for (const [name, unique, origin, partial] of rows(
      `SELECT name, "unique", origin, partial FROM pragma_index_list('${at}')`,
    )) {
      const columns = rows(`SELECT name FROM pragma_index_info('${String(name)}')`)
        .map(([column]) => (column === null ? '(expression)' : String(column)))
        .join()
      if (origin === 'c') {
        lines.set(`index ${String(name)}`, `${at} ${unique === 1} ${partial === 1} ${columns}`)
      } else if (origin === 'u') lines.set(`unique ${at} ${columns}`, 'yes')
    }
    const keys = new Map<unknown, unknown[][]>()
    for (const row of rows(`SELECT * FROM pragma_foreign_key_list('${at}') ORDER BY id, seq`)) {
      keys.set(row[0], [...(keys.get(row[0]) ?? []), [...row]])
    }
    for (const parts of keys.values()) {
      const [[, , to, , , onUpdate, onDelete] = []] = parts
      lines.set(
        `key ${at} ${parts.map((part) => part[3]).join()} to ${String(to)}`,
        `${parts.map((part) => part[4] ?? '').join()} ${String(onDelete).toLowerCase()} ${String(onUpdate).toLowerCase()}`,
      )
    }
  }
  return lines
}
