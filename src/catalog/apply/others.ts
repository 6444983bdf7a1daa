import {
  type Catalog,
  DROPPED_WITH_SCHEMA,
  descendants,
  findTable,
  relationExists,
  startTransaction,
} from '../catalog.ts'
import type { Harmless, OtherChange, WriteRows } from '../change/others.ts'
import { type QualifiedName, nameKey, schemaKey } from '../names.ts'
import { emptyTable } from '../table.ts'
import { SharedSet } from '../sharedSet.ts'
import { deferChecks, setConstraints } from '../pendingEvents.ts'
import { dropTable, dropType, dropView } from './drop.ts'
import { renameSchema } from './renameSchema.ts'
import { renameView } from './rename.ts'
import { updateTable, withEntry, without } from './update.ts'

/** What a change of anything but tables and types leaves behind. */
export function applyOtherChange(catalog: Catalog, change: OtherChange): Catalog {
  switch (change.kind) {
    case 'CreateView':
      return change.ifNotExists && catalog.views.has(nameKey(change.view))
        ? catalog
        : { ...catalog, views: withEntry(catalog.views, nameKey(change.view), change.view) }
    case 'DropView':
      return dropView(catalog, change.view)
    case 'RenameView':
      return renameView(catalog, change.view, change.to)
    case 'CreatePolicy':
      return updateTable(
        (change.policy.roles ?? []).length === 0
          ? catalog
          : { ...catalog, roles: withRoles(catalog, change.policy.roles ?? []) },
        change.table,
        (table) => ({ ...table, policies: [...table.policies, change.policy] }),
      )
    case 'AlterPolicy':
      return updateTable(catalog, change.table, (table) => ({
        ...table,
        policies: table.policies.map((policy) =>
          policy.name === change.policy ? { ...policy, name: change.to ?? policy.name } : policy,
        ),
      }))
    case 'DropPolicy':
      return updateTable(catalog, change.table, (table) => ({
        ...table,
        policies: table.policies.filter((policy) => policy.name !== change.policy),
      }))
    case 'CreateTrigger':
      return updateTable(catalog, change.table, (table) => ({
        ...table,
        triggers: [
          ...table.triggers.filter(({ name }) => name !== change.trigger),
          {
            name: change.trigger,
            mentions: change.mentions,
            ...(change.calls && { calls: change.calls }),
          },
        ],
      }))
    case 'DropTrigger':
      return updateTable(catalog, change.table, (table) => ({
        ...table,
        triggers: table.triggers.filter(({ name }) => name !== change.trigger),
      }))
    case 'CreateSchema':
      return {
        ...catalog,
        schemas: catalog.schemas.with(change.schema),
        gone: catalog.gone.without(schemaKey(change.schema)),
      }
    case 'DropSchema':
      return dropSchema(catalog, change.schema)
    case 'RenameSchema':
      return renameSchema(catalog, change.schema, change.to)
    case 'CreateSequence':
      if (change.ifNotExists && relationExists(catalog, change.sequence)) return catalog
      return {
        ...catalog,
        sequences: withEntry(catalog.sequences, nameKey(change.sequence), {
          ...change.sequence,
          ownedBy: change.ownedBy,
          createdIn: catalog.deployment,
        }),
      }
    case 'AlterSequence': {
      const sequence = catalog.sequences.get(nameKey(change.sequence))
      return sequence === undefined || change.ownedBy === null
        ? catalog
        : {
            ...catalog,
            sequences: withEntry(catalog.sequences, nameKey(sequence), {
              ...sequence,
              ownedBy: change.ownedBy === 'none' ? null : change.ownedBy,
            }),
          }
    }
    case 'RenameSequence': {
      const sequence = catalog.sequences.get(nameKey(change.sequence))
      return sequence === undefined
        ? catalog
        : {
            ...catalog,
            sequences: withEntry(
              without(catalog.sequences, nameKey(change.sequence)),
              nameKey(change.to),
              { ...sequence, ...change.to },
            ),
          }
    }
    case 'DropSequence':
      return { ...catalog, sequences: without(catalog.sequences, nameKey(change.sequence)) }
    case 'CreateFunction':
      return {
        ...catalog,
        functions: withEntry(catalog.functions, nameKey(change.function), {
          ...change.function,
          volatility: change.volatility,
          language: change.language,
          inlined: change.inlined,
          ...(change.forTriggers && { forTriggers: true }),
        }),
      }
    case 'DropFunction':
      return { ...catalog, functions: without(catalog.functions, nameKey(change.function)) }
    case 'WriteRows':
      return writeRows(catalog, change)
    case 'SetVariable':
      // SQLite ignores it inside a transaction ("PRAGMA Statements", foreign_keys).
      if (change.name === 'foreign_keys' && !catalog.transactionOpen) {
        return { ...catalog, foreignKeysOff: /^(?:0|off|false|no)$/i.test(change.values[0] ?? '') }
      }
      if (change.name === 'foreign_key_checks') {
        return { ...catalog, foreignKeysOff: /^(?:0|off|false)$/i.test(change.values[0] ?? '') }
      }
      if (change.name === 'sql_mode') {
        return { ...catalog, lenient: !/strict|traditional|default/i.test(change.values[0] ?? '') }
      }
      if (change.name === 'constraints') return setConstraints(catalog, change.values)
      if (change.name === 'search_path') return { ...catalog, searchPath: change.values }
      return change.name === 'timezone'
        ? { ...catalog, timezone: change.values[0] ?? null }
        : catalog
    case 'OpaqueSql':
    case 'UnparsedSql':
      return catalog.blind ? catalog : { ...catalog, blind: true }
    case 'Harmless':
      return noted(catalog, change)
    case 'TransactionControl':
      return change.command === 'savepoint'
        ? catalog
        : startTransaction(catalog, change.command === 'begin')
    case 'RefreshView':
    case 'CreateRule':
    case 'ReadRows':
    case 'OutsideTransaction':
    case 'Unmodelled':
      return catalog
  }
}

/** What is worth remembering of a statement that changes neither tables nor types. */
function noted(catalog: Catalog, { extension, grantsTo = [] }: Harmless): Catalog {
  if (extension !== undefined) {
    return {
      ...catalog,
      extensions: (catalog.extensions ?? SharedSet.from([])).with(extension),
    }
  }
  return grantsTo.length > 0 ? { ...catalog, roles: withRoles(catalog, grantsTo) } : catalog
}

function withRoles(catalog: Catalog, roles: readonly string[]): SharedSet {
  return roles.reduce((set, role) => set.with(role), catalog.roles ?? SharedSet.from([]))
}

function writeRows(catalog: Catalog, change: OtherChange & { kind: 'WriteRows' }): Catalog {
  const adds = change.command !== 'update' && change.command !== 'delete'
  const empties = change.command === 'delete' && change.everyRow
  const isSet = (column: string) => change.sets.some((set) => set.column === column && !set.toNull)
  // To delete the rows without a value leaves none of them, too.
  const fills = (column: string) =>
    change.command === 'delete'
      ? change.whereNull.includes(column)
      : change.command === 'update' &&
        (change.everyRow || change.whereNull.includes(column)) &&
        isSet(column)
  const writes = (column: string) => adds || isSet(column)
  const write = (result: Catalog, name: QualifiedName) =>
    updateTable(result, name, (table) => ({
      ...table,
      filledIn: adds ? catalog.deployment : table.filledIn,
      emptiedIn: adds ? null : empties ? catalog.deployment : table.emptiedIn,
      truncatedIn: adds ? null : table.truncatedIn,
      columns: table.columns.map((column) => ({
        ...column,
        filledIn: fills(column.name) ? catalog.deployment : column.filledIn,
        writtenIn: writes(column.name) ? catalog.deployment : column.writtenIn,
      })),
    }))
  // Rows of a partitioned table stand in its partitions.
  const written = [change.table, ...descendants(catalog, change.table)].reduce(
    write,
    deferChecks(catalog, change),
  )
  return change.copies ? remember(written, change.table, change.copies) : written
}

/** The table knows what it was filled from, and what that looked like then. */
function remember(
  catalog: Catalog,
  table: QualifiedName,
  { source, columns, everyRow }: NonNullable<WriteRows['copies']>,
): Catalog {
  const original = findTable(catalog, source) ?? { ...emptyTable(source, 0), complete: false }
  const copiedFrom = { source: original, columns, everyRow }
  return updateTable(catalog, table, (filled) => ({ ...filled, copiedFrom }))
}

function dropSchema(catalog: Catalog, schema: string): Catalog {
  let result = catalog
  for (const table of catalog.tables.values()) {
    if (table.schema === schema) result = dropTable(result, table)
  }
  for (const type of [...catalog.enums.values(), ...catalog.domains.values()]) {
    if (type.schema === schema) result = dropType(result, type)
  }
  for (const view of catalog.views.values()) {
    if (view.schema === schema) result = dropView(result, view)
  }
  result = {
    ...result,
    schemas: result.schemas.without(schema),
    gone: result.gone.with(schemaKey(schema)),
  }
  for (const map of DROPPED_WITH_SCHEMA) {
    for (const object of result[map].values()) {
      if (object.schema !== schema) continue
      result = { ...result, [map]: without<QualifiedName>(result[map], nameKey(object)) }
    }
  }
  return result
}
