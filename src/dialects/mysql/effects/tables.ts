import { findTable, findView, referencesTo } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { displayName, sameName } from '../../../catalog/names.ts'
import type { Table } from '../../../catalog/table.ts'
import type { RunError } from '../../effects.ts'
import { sameWord } from '../../ddl/translation.ts'
import { countedCheck } from './constraints.ts'
import { refusedDefault, wrongAutoKey } from './columns.ts'
import { nameTaken, noTable } from './existence.ts'
import { refusedKey } from './keys.ts'
import { NOTHING, type Outcome, REBUILD, always, failing } from './outcome.ts'
import type { Server } from './server.ts'
import { copied } from './typeChange.ts'
import { bytesOf, isLarge } from './typeFacts.ts'

/** The columns of a row that stand in it, in bytes. */
const LONGEST_ROW = 65535

export function createTable(change: ChangeOf<'CreateTable'>, server: Server): Outcome {
  const { before, table, definition, ifNotExists } = change
  const taken = nameTaken(before, table)
  if (taken) return ifNotExists ? NOTHING : failing(taken)
  return failing(definitionError(definition, server))
}

/** What the server refuses in a definition, whatever stands in the database. */
function definitionError(definition: Table, server: Server): RunError | null {
  const { columns, constraints, indexes } = definition
  const twice = columns.find(({ name }, position) =>
    columns.some((other, earlier) => earlier < position && sameWord(other.name, name)),
  )
  if (twice) return always('object-exists', 1060, `Duplicate column name '${twice.name}'`)
  if (constraints.filter(({ type }) => type === 'primary key').length > 1) {
    return always('invalid-definition', 1068, 'Multiple primary key defined')
  }
  const sameIndex = indexes.find(({ name }, position) =>
    indexes.some((other, earlier) => earlier < position && sameWord(other.name, name)),
  )
  if (sameIndex) return always('object-exists', 1061, `Duplicate key name '${sameIndex.name}'`)
  if (!definition.complete) return null
  const auto = columns.filter(({ autoIncrement }) => autoIncrement)
  const isKeyed = auto.every(({ name }) => indexes.some((index) => index.columns[0] === name))
  if (auto.length > 1 || !isKeyed) return wrongAutoKey()
  const named = indexes.flatMap((index) => index.columns.flatMap((column) => column ?? []))
  const unknown = named.find((name) => columns.every((column) => !sameWord(column.name, name)))
  if (unknown !== undefined) {
    return always('missing-object', 1072, `Key column '${unknown}' doesn't exist in table`)
  }
  const refused =
    columns
      .map((column) => refusedDefault(column.default, column.name, isLarge(column.type), server))
      .find(Boolean) ??
    indexes.map((index) => refusedKey(definition, index, server)).find(Boolean) ??
    constraints
      .map((one) =>
        one.type === 'check'
          ? countedCheck(definition, one.name, one.expression.columns, server)
          : null,
      )
      .find(Boolean)
  if (refused) return refused
  const bytes = columns.reduce(
    (sum, { type }) => sum + (isLarge(type) ? 0 : (bytesOf(type) ?? 0)),
    0,
  )
  return bytes > LONGEST_ROW
    ? always(
        'invalid-definition',
        1118,
        `Row size too large: the VARCHAR columns take ${bytes} bytes, and a row has room for ${LONGEST_ROW}; change some to TEXT`,
      )
    : null
}

export function dropTable(change: ChangeOf<'DropTable'>, server: Server): Outcome {
  const { before, table, ifExists, together } = change
  if (findTable(before, table) === undefined) {
    if (findView(before, table)) {
      return failing(
        always('missing-object', 1051, `Unknown table '${displayName(table)}': it is a view`),
      )
    }
    const missing = noTable(before, table)
    return ifExists || missing === null
      ? NOTHING
      : failing(always('missing-object', 1051, `Unknown table '${displayName(table)}'`))
  }
  if (before.foreignKeysOff) return NOTHING
  const child = referencesTo(before, table).find(
    ({ table: holder }) =>
      !together.some((other) => sameName(other, holder)) && !sameName(holder, table),
  )
  if (!child) return NOTHING
  return failing(
    server.mariadb
      ? always(
          'has-dependents',
          1451,
          `Cannot delete or update a parent row: foreign key ${child.key.name} of ${displayName(child.table)} points at ${displayName(table)}`,
        )
      : always(
          'has-dependents',
          3730,
          `Cannot drop table '${displayName(table)}' referenced by a foreign key constraint '${child.key.name}' on table '${displayName(child.table)}'.`,
        ),
  )
}

export function truncateTable({ before, table }: ChangeOf<'TruncateTable'>): Outcome {
  const missing = noTable(before, table)
  if (missing || before.foreignKeysOff) return failing(missing)
  const child = referencesTo(before, table).find(({ table: holder }) => !sameName(holder, table))
  return failing(
    child &&
      always(
        'has-dependents',
        1701,
        `Cannot truncate a table referenced in a foreign key constraint (${child.key.name} of ${displayName(child.table)})`,
      ),
  )
}

export function renameTable({ before, table, to }: ChangeOf<'RenameTable'>): Outcome {
  const missing = noTable(before, table)
  if (missing) return failing(missing)
  return failing(sameWord(table.name, to.name) ? null : nameTaken(before, to))
}

/** CONVERT TO CHARACTER SET copies, ENGINE and the like store anew while writes go on. */
export function setTableStorage(change: ChangeOf<'SetTableStorage'>, server: Server): Outcome {
  const { before, table, setting, value } = change
  const missing = noTable(before, table)
  if (missing) return failing(missing)
  if (setting !== 'character set') return value === 'ORDER BY' ? copied(server) : REBUILD
  const known = findTable(before, table)
  const holdsText = (columns: readonly string[]) =>
    known?.columns.some(
      ({ name, type }) =>
        columns.includes(name) && /char|text/.test(type.name) && type.charset !== value,
    )
  const own = known?.constraints.find((key) => key.type === 'foreign key' && holdsText(key.columns))
  const pointing = referencesTo(before, table).find(({ key }) => holdsText(key.referencedColumns))
  const name = own?.name ?? pointing?.key.name
  if (name === undefined || before.foreignKeysOff) return copied(server)
  return failing(
    always(
      'has-dependents',
      server.mariadb ? 1832 : 3780,
      `the columns of foreign key constraint '${name}' would have different character sets`,
    ),
  )
}

export function createView({
  before,
  view,
  replace,
  ifNotExists,
}: ChangeOf<'CreateView'>): Outcome {
  const known = findView(before, view)
  const taken = known && (replace || ifNotExists) ? null : nameTaken(before, view)
  const missing = view.reads.map(({ relation }) => noTable(before, relation)).find(Boolean)
  return failing(taken ?? missing)
}

export function dropView({ before, view, ifExists }: ChangeOf<'DropView'>): Outcome {
  if (findView(before, view) || ifExists || before.blind) return NOTHING
  if (findTable(before, view)) {
    return failing(always('unsupported', 1347, `'${displayName(view)}' is not of type 'VIEW'`))
  }
  return failing(noTable(before, view))
}
