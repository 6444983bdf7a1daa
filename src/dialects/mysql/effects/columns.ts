import { type Catalog, findTable, referencesTo } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { Expression } from '../../../catalog/expression.ts'
import { isEmpty, isNewColumn } from '../../../catalog/newness.ts'
import { type QualifiedName, displayName } from '../../../catalog/names.ts'
import { type Table, findColumn } from '../../../catalog/table.ts'
import type { RunError } from '../../effects.ts'
import { sameWord } from '../../ddl/translation.ts'
import { isWhole, noColumn, noTable } from './existence.ts'
import {
  NOTHING,
  type Outcome,
  REBUILD,
  always,
  failing,
  onRows,
  onSomeRows,
  withErrors,
  withLosses,
} from './outcome.ts'
import type { Server } from './server.ts'
import { copied } from './typeChange.ts'
import { baseOf, isLarge } from './typeFacts.ts'

export function addColumn(change: ChangeOf<'AddColumn'>, server: Server): Outcome {
  const { before, after, table, definition } = change
  const known = findTable(before, table)
  const { name, type, generated, default: initial } = definition
  if (known?.columns.some((column) => sameWord(column.name, name))) {
    return change.ifNotExists
      ? NOTHING
      : failing(always('object-exists', 1060, `Duplicate column name '${name}'`))
  }
  const missing =
    noTable(before, table) ?? noColumn(after, table, generated?.expression.columns ?? [])
  if (missing) return failing(missing)
  const refused =
    refusedDefault(initial, name, isLarge(type), server) ?? unsafeDefault(initial, server)
  if (refused) return failing(refused)
  // The statement's last change is that it counts: its key comes before that.
  if (definition.autoIncrement) return NOTHING
  if (server.mariadb && shiftsVirtual(change)) return copied(server)
  if (generated) return generated.stored ? copied(server) : NOTHING
  if (initial !== null) return computed(initial, server)
  if (!definition.notNull || isEmpty(before, table)) return NOTHING
  const isDate = /^(?:date|datetime)$/.test(baseOf(type)) && !server.mariadb && !before.lenient
  if (isDate) {
    const value = baseOf(type) === 'date' ? '0000-00-00' : '0000-00-00 00:00:00'
    const message = `Incorrect ${baseOf(type)} value: '${value}' for column '${name}' at row 1`
    return failing(onRows('null-in-required', 1292, message))
  }
  return withLosses(NOTHING, { why: 'filled', table, columns: [name] })
}

/** MySQL computes a default in parentheses for each row as it copies; MariaDB, most, once. */
function computed(initial: Expression, server: Server): Outcome {
  if (!isExpression(initial)) return NOTHING
  if (!server.mariadb) return copied(server)
  return initial.functions.some(({ name }) => UNSAFE.has(name)) ? copied(server) : NOTHING
}

/** Whether it was written in parentheses. */
export function isExpression({ form }: Expression): boolean {
  return form === null || form.startsWith('["expression"')
}

/** A default as if it had been written in parentheses. */
export function inParentheses(value: Expression): Expression {
  return isExpression(value) ? value : { ...value, form: `["expression",${value.form}]` }
}

/** Functions whose value differs from row to row or from server to server. */
const UNSAFE: ReadonlySet<string> = new Set([
  'uuid',
  'uuid_short',
  'rand',
  'sysdate',
  'random_bytes',
])

function unsafeDefault(initial: Expression | null, { mariadb }: Server): RunError | null {
  if (initial === null || mariadb) return null
  const unsafe = initial.functions.find(({ name }) => UNSAFE.has(name))
  return unsafe
    ? always(
        'unsupported',
        1674,
        `Statement is unsafe because it uses a system function that may return a different value on the replica: ${unsafe.name}() as the default of an added column`,
      )
    : null
}

/** MySQL has no literal default for TEXT, BLOB and JSON. */
export function refusedDefault(
  initial: Expression | null,
  column: string,
  isLargeType: boolean,
  { mariadb }: Server,
): RunError | null {
  if (initial === null || mariadb || !isLargeType || isExpression(initial)) return null
  return always(
    'invalid-definition',
    1101,
    `BLOB, TEXT, GEOMETRY or JSON column '${column}' can't have a default value (a literal; in parentheses it can)`,
  )
}

export function dropColumn(change: ChangeOf<'DropColumn'>, server: Server): Outcome {
  const { before, table, column, ifExists } = change
  const known = findTable(before, table)
  const missing = noTable(before, table)
  if (missing) return failing(missing)
  if (isWhole(before, known) && !findColumn(known, column)) {
    if (ifExists) return NOTHING
    const message = `Can't DROP '${column}'; check that column/key exists`
    return failing(always('missing-object', 1091, message))
  }
  if (known === undefined) return NOTHING
  const dependent = dependentOf(change, known, server)
  if (dependent) return failing(dependent)
  const indexed = known.indexes.filter(({ columns }) => columns.includes(column))
  const unique = indexed.find(
    (index) => (index.unique || index.constraint !== null) && index.columns.length > 1,
  )
  if (unique && server.mariadb) {
    const message = `Key column '${column}' doesn't exist in table (unique index ${unique.name})`
    return failing(always('has-dependents', 1072, message))
  }
  const isShared = indexed.some(({ columns }) => columns.length > 1)
  const hasGenerated = known.columns.some(({ generated }) => generated !== null)
  const work =
    indexed.length === 0
      ? NOTHING
      : !server.mariadb
        ? REBUILD
        : isShared && hasGenerated
          ? copied(server)
          : isShared
            ? REBUILD
            : NOTHING
  if (!unique || isEmpty(before, table)) return work
  const rest = unique.columns.filter((name) => name !== column).join(', ')
  const reason = `Duplicate entry for key '${known.name}.${unique.name}', which is unique on (${rest}) from then on`
  return withErrors(work, onSomeRows('duplicate', 1062, reason))
}

/** What does not let the column go. */
function dependentOf(
  { before, table, column }: ChangeOf<'DropColumn'>,
  known: Table,
  { mariadb }: Server,
): RunError | null {
  const generated = known.columns.find(
    (other) => other.name !== column && other.generated?.expression.columns.includes(column),
  )
  if (generated) {
    return mariadb
      ? always(
          'has-dependents',
          1054,
          `Unknown column '${column}' in 'GENERATED ALWAYS AS' of '${generated.name}'`,
        )
      : always(
          'has-dependents',
          3108,
          `Column '${column}' has a generated column dependency: '${generated.name}'`,
        )
  }
  if (isWhole(before, known) && known.columns.length === 1) {
    return always(
      'unsupported',
      1090,
      "You can't delete all columns with ALTER TABLE; use DROP TABLE instead",
    )
  }
  if (before.foreignKeysOff) return null
  const key = known.constraints.find(
    (one) => one.type === 'foreign key' && one.columns.includes(column),
  )
  if (key) {
    return always(
      'has-dependents',
      1828,
      `Cannot drop column '${column}': needed in a foreign key constraint '${key.name}'`,
    )
  }
  const pointing = referencesTo(before, table).find(
    (one) => one.key.referencedColumns.includes(column) && !isWithout(one.table, known),
  )
  if (pointing) {
    return always(
      'has-dependents',
      1829,
      `Cannot drop column '${column}': needed in a foreign key constraint '${pointing.key.name}' of table '${displayName(pointing.table)}'`,
    )
  }
  const check = known.constraints.find(
    (one) =>
      one.type === 'check' &&
      one.expression.columns.includes(column) &&
      one.expression.columns.some((name) => name !== column),
  )
  if (!check) return null
  return mariadb
    ? always('has-dependents', 1054, `Unknown column '${column}' in 'CHECK' ${check.name}`)
    : always(
        'has-dependents',
        3959,
        `Check constraint '${check.name}' uses column '${column}', hence column cannot be dropped or renamed`,
      )
}

function isWithout(child: Table, parent: Table): boolean {
  return child === parent
}

export function renameColumn(change: ChangeOf<'RenameColumn'>, { mariadb }: Server): Outcome {
  const { before, table, column, to } = change
  const known = findTable(before, table)
  const missing = noTable(before, table) ?? noColumn(before, table, [column])
  if (missing) return failing(missing)
  const isTaken = known?.columns.some(({ name }) => sameWord(name, to) && !sameWord(name, column))
  if (isTaken) return failing(always('object-exists', 1060, `Duplicate column name '${to}'`))
  if (mariadb) return NOTHING
  const generated = known?.columns.find((one) => one.generated?.expression.columns.includes(column))
  if (generated) {
    return failing(
      always(
        'has-dependents',
        3108,
        `Column '${column}' has a generated column dependency: '${generated.name}'`,
      ),
    )
  }
  const check = known?.constraints.find(
    (one) => one.type === 'check' && one.expression.columns.includes(column),
  )
  return failing(
    check &&
      always(
        'has-dependents',
        3959,
        `Check constraint '${check.name}' uses column '${column}', hence column cannot be dropped or renamed`,
      ),
  )
}

export function setNotNull(change: ChangeOf<'SetNotNull'>, server: Server): Outcome {
  const { before, table, column } = change
  const missing = noTable(before, table) ?? noColumn(before, table, [column])
  if (missing) return failing(missing)
  const known = findTable(before, table)
  const own = findColumn(known, column)
  const hasGenerated = known?.columns.some(({ generated }) => generated !== null)
  const isCopied = before.lenient === true || (server.mariadb && hasGenerated)
  const work = isCopied ? copied(server) : REBUILD
  const isFilled = own?.filledIn === before.deployment
  if (isEmpty(before, table) || own?.notNull || isFilled) return work
  if (before.lenient) return withLosses(work, { why: 'filled', table, columns: [column] })
  const code = server.mariadb ? 1265 : 1138
  const message = server.mariadb
    ? `Data truncated for column '${column}' (a row has NULL)`
    : `Invalid use of NULL value in '${displayName(table)}.${column}'`
  const isBare = isNewColumn(before, table, column) && own?.default === null
  const isNeverWritten = isBare && own.writtenIn !== before.deployment && own.generated === null
  return withErrors(
    work,
    isNeverWritten
      ? onRows('null-in-required', code, message)
      : onSomeRows('null-in-required', code, message),
  )
}

export function dropNotNull({ before, table, column }: ChangeOf<'DropNotNull'>): Outcome {
  const missing = noTable(before, table) ?? noColumn(before, table, [column])
  return missing ? failing(missing) : REBUILD
}

export function setDefault(
  change: ChangeOf<'SetDefault'> | ChangeOf<'DropDefault'>,
  server: Server,
): Outcome {
  const { before, table, column } = change
  const missing = noTable(before, table) ?? noColumn(before, table, [column])
  if (missing || change.kind === 'DropDefault') return failing(missing)
  const own = findColumn(findTable(before, table), column)
  return failing(own && refusedDefault(change.default, column, isLarge(own.type), server))
}

/** Generated columns cannot become stored or virtual; a plain one that becomes stored is overwritten. */
export function setExpression(change: ChangeOf<'SetExpression'>, server: Server): Outcome {
  const { before, table, column, stored } = change
  const missing = noTable(before, table) ?? noColumn(before, table, [column])
  if (missing) return failing(missing)
  const own = findColumn(findTable(before, table), column)
  const wasStored = own?.generated ? own.generated.stored : true
  if (stored !== undefined && stored !== wasStored) {
    return failing(
      server.mariadb
        ? always(
            'unsupported',
            1907,
            `This is not yet supported for generated columns: '${column}'`,
          )
        : always(
            'unsupported',
            3106,
            `'Changing the STORED status' is not supported for generated columns ('${column}')`,
          ),
    )
  }
  if (own?.generated && !own.generated.stored) return server.mariadb ? NOTHING : copied(server)
  const work = copied(server)
  return own?.generated || isEmpty(before, table)
    ? work
    : withLosses(work, { why: 'filled', table, columns: [column] })
}

export function dropExpression(change: ChangeOf<'DropExpression'>, server: Server): Outcome {
  const { before, table, column } = change
  const own = findColumn(findTable(before, table), column)
  if (!own?.generated || own.generated.stored) return NOTHING
  return failing(
    server.mariadb
      ? always('unsupported', 1907, `This is not yet supported for generated columns: '${column}'`)
      : always(
          'unsupported',
          3106,
          `'Changing the STORED status' is not supported for generated columns ('${column}')`,
        ),
  )
}

/** To number every row, the table is copied. */
export function alterAttributes(
  change: ChangeOf<'AlterColumnAttributes'>,
  server: Server,
): Outcome {
  const { before, after, table, column, gained, lost, position } = change
  const missing = noTable(before, table) ?? noColumn(before, table, [column])
  if (missing) return failing(missing)
  if (gained.includes('AUTO_INCREMENT')) {
    const known = findTable(after, table)
    const isKey = known?.indexes.some(({ columns }) => columns[0] === column) ?? true
    if (!isKey && known?.complete) return failing(wrongAutoKey())
    // A new column that counts is added in place, an old one by a copy; writes wait for both.
    return isNewColumn(before, table, column)
      ? { ...REBUILD, blocksWrites: true }
      : copied({ ...server, version: null })
  }
  if (lost.includes('AUTO_INCREMENT') && !server.mariadb) {
    const pointing = before.foreignKeysOff
      ? undefined
      : referencesTo(before, table).find(({ key }) => key.referencedColumns.includes(column))
    if (pointing === undefined) return copied(server)
    const message = `Cannot change column '${column}': used in a foreign key constraint '${pointing.key.name}' of table '${displayName(pointing.table)}'`
    return failing(always('has-dependents', 1833, message))
  }
  if (position === undefined || orderOf(before, table).join() === orderOf(after, table).join())
    return NOTHING
  // MySQL stores the table anew while writes go on.
  if (!server.mariadb) return REBUILD
  return shiftsVirtual(change) ? copied(server) : NOTHING
}

/**
 * Whether a virtual column comes to stand at another place, for which MariaDB copies the table ("INPLACE
 * ADD or DROP of virtual columns cannot be combined with other ALTER TABLE actions").
 */
function shiftsVirtual({
  before,
  after,
  table,
}: ChangeOf<'AddColumn' | 'AlterColumnAttributes'>): boolean {
  const [from, to] = [orderOf(before, table), orderOf(after, table)]
  return (findTable(before, table)?.columns ?? []).some(
    ({ name, generated }) =>
      generated?.stored === false && to.includes(name) && from.indexOf(name) !== to.indexOf(name),
  )
}

function orderOf(catalog: Catalog, table: QualifiedName): readonly string[] {
  return findTable(catalog, table)?.columns.map(({ name }) => name) ?? []
}

/** AUTO_INCREMENT needs a key that begins with the column. */
export function wrongAutoKey(): RunError {
  const message =
    'Incorrect table definition; there can be only one auto column and it must be defined as a key'
  return always('invalid-definition', 1075, message)
}
