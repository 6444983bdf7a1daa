import type { RunError, Session } from '../../effects.ts'
import { findTable, findView } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { displayName } from '../../../catalog/names.ts'
import { constraintColumns } from '../../../catalog/table.ts'
import { isRowid } from '../translate/columns.ts'
import { sameWord } from '../../ddl/translation.ts'
import { brokenProgram } from './broken.ts'
import { afterDeletion } from './children.ts'
import { nameTaken, noTable } from './existence.ts'
import { NOTHING, type Outcome, always, failing } from './outcome.ts'
import { foreignKeysAct } from './session.ts'
import { strictType } from './strict.ts'

export function createTable(change: ChangeOf<'CreateTable'>): Outcome {
  const { before, table, ifNotExists } = change
  if (ifNotExists && (findTable(before, table) || findView(before, table))) return NOTHING
  return failing(nameTaken(before, table, 'table') ?? definitionError(change))
}

/** What SQLite refuses in a definition, whatever stands in the database. */
function definitionError({ definition }: ChangeOf<'CreateTable'>): RunError | null {
  const { columns, constraints } = definition
  const twice = columns.find(({ name }, position) =>
    columns.some((other, earlier) => earlier < position && sameWord(other.name, name)),
  )
  if (twice) return always('object-exists', `duplicate column name: ${twice.name}`)
  const keys = constraints.filter(({ type }) => type === 'primary key')
  if (keys.length > 1) {
    return always('unsupported', `table "${definition.name}" has more than one primary key`)
  }
  const counted = columns.find(({ autoIncrement, type }) => autoIncrement && !isRowid(type))
  if (counted) {
    return always('unsupported', 'AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY')
  }
  if (definition.complete && columns.every(({ generated }) => generated)) {
    return always('unsupported', 'must have at least one non-generated column')
  }
  const named = [
    ...constraints.flatMap(constraintColumns),
    ...columns.flatMap(({ generated }) => generated?.expression.columns ?? []),
  ]
  const unknown = named.find((name) => columns.every((column) => !sameWord(column.name, name)))
  if (definition.complete && unknown !== undefined) {
    return always('missing-object', `no such column: ${unknown}`)
  }
  return columns.map((column) => strictType(definition, column)).find(Boolean) ?? null
}

export function dropTable(change: ChangeOf<'DropTable'>, session: Session): Outcome {
  const { before, table, ifExists } = change
  if (findView(before, table)) {
    return failing(always('unsupported', `use DROP VIEW to delete view ${displayName(table)}`))
  }
  if (ifExists && findTable(before, table) === undefined) return NOTHING
  const missing = noTable(before, table)
  if (missing) return failing(missing)
  const acts = foreignKeysAct(session, before)
  return acts && !isEmpty(before, table) ? afterDeletion(before, table) : NOTHING
}

export function renameTable({ before, table, to }: ChangeOf<'RenameTable'>): Outcome {
  if (findView(before, table)) {
    return failing(always('unsupported', `view ${displayName(table)} may not be altered`))
  }
  const taken = findTable(before, to) || nameTaken(before, to, 'table')
  const inTheWay =
    taken && !sameWord(table.name, to.name)
      ? always(
          'object-exists',
          `there is already another table or index with this name: ${to.name}`,
        )
      : null
  return failing(noTable(before, table) ?? inTheWay ?? brokenProgram(before, ''))
}
