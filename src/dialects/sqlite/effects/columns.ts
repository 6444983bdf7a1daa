import { isRecord } from '../../../json/isRecord.ts'
import { dependentViews, findTable, findView } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { displayName, sameName } from '../../../catalog/names.ts'
import {
  type Table,
  constraintColumns,
  indexColumns,
  primaryKeyOf,
} from '../../../catalog/table.ts'
import { displayType } from '../../../catalog/type.ts'
import { sameWord } from '../../ddl/translation.ts'
import { type Affinity, affinityOf } from './affinity.ts'
import { brokenProgram } from './broken.ts'
import { isRowid } from '../translate/columns.ts'
import { isConstant } from './constant.ts'
import { catalogOf, noColumn, noTable } from './existence.ts'
import type { RunError } from '../../effects.ts'
import { type Outcome, always, failing, onRows, onSomeRows } from './outcome.ts'
import { strictType } from './strict.ts'

export function addColumn(change: ChangeOf<'AddColumn'>): Outcome {
  const { before, table, definition } = change
  if (change.folded.length > 0) return addedByRebuild(change)
  const known = findTable(before, table)
  if (findView(before, table)) {
    return failing(always('unsupported', 'cannot add a column to a view'))
  }
  if (known?.columns.some(({ name }) => sameWord(name, definition.name))) {
    return failing(always('object-exists', `duplicate column name: ${definition.name}`))
  }
  const hard = noTable(before, table) ?? (known && strictType(known, definition))
  if (hard) return failing(hard)
  return isEmpty(before, table) ? failing() : failing(unfilled(change))
}

/** What passes on an empty table, and fails on the first row. */
function unfilled({ definition, table }: ChangeOf<'AddColumn'>): RunError | null {
  const { default: initial, generated, notNull } = definition
  if (generated?.stored) return onRows('unsupported', 'cannot add a STORED column')
  if (generated) {
    const message = `NOT NULL constraint failed: ${displayName(table)}.${definition.name}`
    return notNull ? onSomeRows('null-in-required', message) : null
  }
  if (initial === null) {
    return notNull
      ? onRows('null-in-required', 'Cannot add a NOT NULL column with default value NULL')
      : null
  }
  return isConstant(initial)
    ? null
    : onRows('unsupported', 'Cannot add a column with non-constant default')
}

/** A rebuild whose INSERT has no value for a column that needs one. */
function addedByRebuild(change: ChangeOf<'AddColumn'>): Outcome {
  const { definition, folded, before, table } = change
  const rebuild = folded.find((part) => part.kind === 'RebuildTable')
  const isFilled = rebuild?.copy.columns.some(({ column }) => column === definition.name)
  const needsValue = definition.notNull && !definition.default && !definition.generated
  if (isFilled || !needsValue || isEmpty(before, table) || numbersItself(change)) return failing()
  const message = `NOT NULL constraint failed: ${displayName(table)}.${definition.name}`
  return failing(onRows('null-in-required', message))
}

/** `INTEGER PRIMARY KEY` is the rowid, which every row gets. */
function numbersItself({ after, table, definition }: ChangeOf<'AddColumn'>): boolean {
  const key = primaryKeyOf(findTable(after, table))
  return (
    key?.type === 'primary key' &&
    key.columns.join('\0') === definition.name &&
    isRowid(definition.type)
  )
}

export function dropColumn(change: ChangeOf<'DropColumn'>): Outcome {
  const { before, table, column } = change
  if (change.folded.length > 0) return failing()
  const missing = noTable(before, table)
  if (missing) return failing(missing)
  const known = findTable(before, table)
  if (known === undefined) return failing()
  if (noColumn(before, table, [column])) {
    return failing(always('missing-object', `no such column: "${column}"`))
  }
  return failing(
    dependent(known, column) ?? usedElsewhere(change, known) ?? brokenProgram(before, ''),
  )
}

/** What of the table itself does not let the column go. */
function dependent(table: Table, column: string): RunError | null {
  const key = table.constraints.find(
    (constraint) =>
      (constraint.type === 'primary key' || constraint.type === 'unique') &&
      constraint.columns.includes(column),
  )
  if (key) {
    const what = key.type === 'unique' ? 'UNIQUE' : 'PRIMARY KEY'
    return always('unsupported', `cannot drop ${what} column: "${column}"`)
  }
  if (table.complete && table.columns.length === 1) {
    return always('unsupported', `cannot drop column "${column}": no other columns exist`)
  }
  const index = table.indexes.find((candidate) => indexColumns(candidate).includes(column))
  if (index) {
    const reason = `error in index ${index.name} after drop column: no such column: ${column}`
    return always('has-dependents', reason)
  }
  const constraint = table.constraints.find(
    (candidate) => candidate.ofColumn !== column && constraintColumns(candidate).includes(column),
  )
  const generated = table.columns.find(({ generated }) =>
    generated?.expression.columns.includes(column),
  )
  if (!constraint && !generated) return null
  const reason =
    constraint?.type === 'foreign key'
      ? `unknown column "${column}" in foreign key definition`
      : `no such column: ${column}`
  return always('has-dependents', `error in table ${table.name} after drop column: ${reason}`)
}

/** A view that names it, or a trigger of the same table. Other tables' triggers only break. */
function usedElsewhere(
  { before, table, column }: ChangeOf<'DropColumn'>,
  known: Table,
): RunError | null {
  const [view] = dependentViews(before, table, column)
  const reason = `after drop column: no such column: ${column}`
  if (view) return always('has-dependents', `error in view ${view.name} ${reason}`)
  const trigger = known.triggers.find(({ mentions }) =>
    mentions.some(
      ({ relation, columns }) => sameName(relation, table) && columns?.includes(column),
    ),
  )
  return trigger ? always('has-dependents', `error in trigger ${trigger.name} ${reason}`) : null
}

export function renameColumn({ before, table, column, to }: ChangeOf<'RenameColumn'>): Outcome {
  const known = findTable(before, table)
  const isTaken = known?.columns.some(({ name }) => sameWord(name, to) && !sameWord(name, column))
  const taken = isTaken
    ? always(
        'object-exists',
        `error in table ${table.name} after rename: duplicate column name: ${to}`,
      )
    : null
  const unknown = noColumn(before, table, [column])
  return failing(noTable(before, table) ?? unknown ?? taken ?? brokenProgram(before, ''))
}

export function setNotNull(change: ChangeOf<'SetNotNull'>): Outcome {
  const { before, table, column } = change
  const missing = noTable(before, table) ?? noColumn(catalogOf(change), table, [column])
  if (missing) return failing(missing)
  const known = findTable(before, table)
  const own = known?.columns.find(({ name }) => name === column)
  const isFilled = own?.filledIn === before.deployment
  if (isEmpty(before, table) || own?.notNull || isFilled || fillsNulls(change)) return failing()
  return failing(
    onRows('null-in-required', `NOT NULL constraint failed: ${displayName(table)}.${column}`),
  )
}

/** A rebuild that does not copy the column as it is, but a value for it. */
function fillsNulls({ folded, column }: ChangeOf<'SetNotNull'>): boolean {
  const rebuild = folded.find((part) => part.kind === 'RebuildTable')
  const copied = rebuild?.copy.columns.find((candidate) => candidate.column === column)
  if (!copied || copied.from !== null) return false
  const form: unknown = copied.value.form === null ? null : JSON.parse(copied.value.form)
  if (!isRecord(form)) return false
  return (
    /^(?:coalesce|ifnull|current_(?:date|time|timestamp))$/.test(String(form['call'])) ||
    'string' in form ||
    'number' in form ||
    'boolean' in form
  )
}

/** A rebuild or libSQL's ALTER COLUMN: text that looks like no number stays text, whatever the column is. */
export function alterColumnType({
  before,
  table,
  column,
  from,
  to,
}: ChangeOf<'AlterColumnType'>): Outcome {
  const isAtRisk = from !== null && isText(affinityOf(from)) && !isText(affinityOf(to))
  if (!isAtRisk || isEmpty(before, table)) return failing()
  if (findTable(before, table)?.strict) {
    const message = `cannot store TEXT value in ${displayType(to)} column ${displayName(table)}.${column}`
    return failing(onSomeRows('invalid-value', message))
  }
  return { errors: [], losses: [{ why: 'unchecked', table, columns: [column] }] }
}

function isText(affinity: Affinity): boolean {
  return affinity === 'text' || affinity === 'blob'
}
