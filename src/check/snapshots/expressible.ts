import type { Catalog } from '../../catalog/catalog.ts'
import {
  type Constraint,
  type Index,
  type Table,
  findConstraint,
  sameColumns,
} from '../../catalog/table.ts'

/**
 * A catalog as far as a snapshot could have told it: without temporary tables and partitions,
 * exclusion constraints, checks that only say NOT NULL (the way there: set-not-null), INCLUDE and
 * NULLS NOT DISTINCT of indexes. A unique index does a unique constraint's work and the reverse.
 *
 * @param snapshot - what it does know is kept
 */
export function expressible(catalog: Catalog, snapshot: Catalog): Catalog {
  const tables: [string, Table][] = []
  for (const [key, table] of catalog.tables) {
    const known = snapshot.tables.get(key)
    const isPart = table.partitionOf !== null || table.inherits.length > 0
    if (known === undefined && (isPart || table.schema === 'pg_temp')) continue
    tables.push([key, known ? cachedTable(table, known) : table])
  }
  return { ...catalog, tables: new Map(tables) }
}

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
    const isKnown = known.indexes.some(({ name }) => name === index.name)
    if (!isKnown && (index.included.length > 0 || index.nullsNotDistinct)) return []
    return [{ ...index, included: [], nullsNotDistinct: false }]
  })
  return uniquesAsIn(known, { ...table, constraints, indexes })
}

function isExpressible(constraint: Constraint, known: Table): boolean {
  if (constraint.type === 'exclude' || constraint.type === 'not null') return false
  const isNotNull = constraint.type === 'check' && constraint.expression.onlyNotNull
  return !isNotNull || findConstraint(known, constraint.name) !== undefined
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
