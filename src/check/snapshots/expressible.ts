import type { Catalog } from '../../catalog/catalog.ts'
import { compareExpressions } from '../../catalog/sameness.ts'
import {
  type CheckConstraint,
  type Column,
  type Constraint,
  type Index,
  type Table,
  findColumn,
  findConstraint,
  primaryKeyOf,
  sameColumns,
} from '../../catalog/table.ts'
import { comesByItself } from '../../catalog/difference/indexes.ts'
import { spelledAs } from './spelling.ts'

/**
 * A catalog as far as a snapshot could have told it: without temporary tables, virtual tables and
 * partitions, exclusion constraints, checks that have no name or only say NOT NULL (the way there:
 * set-not-null), INCLUDE and NULLS NOT DISTINCT of indexes, MySQL's indexes for full text, of places and
 * of the first characters, and those that it makes by itself (a foreign key leaves them behind). Columns of a primary key that may be NULL
 * (SQLite) are so or not as the snapshot has it: drizzle-kit 0.x writes NOT NULL, 1.0 does not. A unique index does a unique constraint's work and the reverse.
 *
 * @param snapshot - what it does know is kept
 */
export function expressible(catalog: Catalog, snapshot: Catalog): Catalog {
  const tables: [string, Table][] = []
  for (const [key, table] of spelledAs(catalog, snapshot).tables) {
    const known = snapshot.tables.get(key)
    const isPart = table.partitionOf !== null || table.inherits.length > 0
    if (known === undefined && (isPart || table.virtual || TEMPORARY.has(table.schema))) continue
    tables.push([key, known ? cachedTable(table, known) : table])
  }
  return { ...catalog, tables: new Map(tables) }
}

/** The schemas of temporary tables. */
const TEMPORARY = new Set(['pg_temp', 'temp'])

/** Most tables are the same at many snapshots. */
const answers = new WeakMap<Table, WeakMap<Table, Table>>()

function cachedTable(table: Table, known: Table): Table {
  const own = answers.get(table) ?? new WeakMap<Table, Table>()
  answers.set(table, own)
  const answer = own.get(known) ?? expressibleTable(table, known)
  own.set(known, answer)
  return answer
}

function expressibleTable(table: Table, known: Table): Table {
  const constraints = table.constraints.filter((constraint) => isExpressible(constraint, known))
  const indexes = table.indexes.flatMap((index): readonly Index[] => {
    if (index.constraint !== null) return [index]
    if (comesByItself(table, index) || standsForImplicit(known, index)) return []
    if (isUndeclared(table, index)) {
      const declared = declaredAs(known, table, index)
      return declared ? [declared] : []
    }
    const isKnown = known.indexes.some(({ name }) => name === index.name)
    if (!isKnown && (index.included.length > 0 || index.nullsNotDistinct)) return []
    return [{ ...index, included: [], nullsNotDistinct: false }]
  })
  const columns = table.columns.map((column) => typeAsIn(known, keyAsIn(known, column)))
  return uniquesAsIn(known, { ...table, columns, constraints, indexes })
}

/** Whether an index of MySQL is there without a schema's doing: no schema can declare such a one. */
function isUndeclared(table: Table, index: Index): boolean {
  const { method, prefixes } = index
  const isSpecial = method === 'fulltext' || method === 'spatial' || prefixes !== undefined
  return isSpecial || comesByItself(table, index)
}

/** Whether somebody made the index of a foreign key that the server makes where nobody does. */
function standsForImplicit(known: Table, { unique, columns }: Index): boolean {
  const isLike = (other: Index) => other.columns.join('\0') === columns.join('\0')
  return !unique && known.indexes.some((other) => other.implicit && isLike(other))
}

/** What the snapshot has in place of such an index: the one of its name, or of its columns. */
function declaredAs(known: Table, table: Table, index: Index): Index | undefined {
  const alone = known.indexes.filter(({ constraint }) => constraint === null)
  const isLike = (other: Index) => other.columns.join('\0') === index.columns.join('\0')
  const isTaken = table.indexes.some(
    (other) => other.constraint === null && isLike(other) && !isUndeclared(table, other),
  )
  return alone.find(({ name }) => name === index.name) ?? (isTaken ? undefined : alone.find(isLike))
}

function isExpressible(constraint: Constraint, known: Table): boolean {
  if (constraint.type === 'exclude' || constraint.type === 'not null') return false
  if (constraint.type !== 'check') return true
  if (constraint.unnamed) return known.constraints.some((other) => isSameCheck(constraint, other))
  return !constraint.expression.onlyNotNull || findConstraint(known, constraint.name) !== undefined
}

function isSameCheck(a: CheckConstraint, b: Constraint): boolean {
  return b.type === 'check' && compareExpressions(a.expression, b.expression) === 'same'
}

function keyAsIn(known: Table, column: Column): Column {
  const key = primaryKeyOf(known)
  if (key?.type !== 'primary key' || !key.columns.includes(column.name)) return column
  const notNull = findColumn(known, column.name)?.notNull ?? column.notNull
  return notNull === column.notNull ? column : { ...column, notNull }
}

/** Without a collation of MySQL's, which comes from the table or the database where a snapshot has none. */
function typeAsIn(known: Table, column: Column): Column {
  const { type } = column
  if (type.charset === undefined) return column
  const other = findColumn(known, column.name)?.type
  return other && other.charset === undefined
    ? { ...column, type: { ...type, collation: null } }
    : column
}

/** Takes unique indexes for constraints, and constraints for indexes, where the snapshot does. */
function uniquesAsIn(known: Table, table: Table): Table {
  const constraints = [...table.constraints]
  const indexes = [...table.indexes]
  for (const [position, index] of indexes.entries()) {
    const columns = index.columns.filter((column) => column !== null)
    if (!index.unique || index.predicate !== null || columns.length < index.columns.length) continue
    const own = constraints.findIndex(
      ({ name, type }) => name === index.constraint && type === 'unique',
    )
    const wanted = known.constraints.some(
      (other) => other.type === 'unique' && sameColumns(other.columns, columns),
    )
    const wantedIndex = known.indexes.some(
      (other) =>
        other.constraint === null &&
        other.unique &&
        other.predicate === null &&
        other.columns.join('\0') === columns.join('\0'),
    )
    if (index.constraint === null && wanted && !wantedIndex) {
      constraints.push({
        type: 'unique',
        name: index.name,
        columns,
        valid: true,
        createdIn: index.createdIn,
      })
      indexes[position] = { ...index, constraint: index.name }
    } else if (own >= 0 && wantedIndex && !wanted) {
      constraints.splice(own, 1)
      indexes[position] = { ...index, constraint: null }
    }
  }
  return { ...table, constraints, indexes }
}
