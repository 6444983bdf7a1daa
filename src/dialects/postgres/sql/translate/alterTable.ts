import type { AlterTableCmd, AlterTableStmt, Node } from '@pgsql/types'
import type { AlterIdentity } from '../../../../catalog/change/column.ts'
import { findIndex, findTable, findView } from '../../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { findColumn } from '../../../../catalog/table.ts'
import { defaultOf, expressionOf } from '../expressions.ts'
import { isGone, rangeName } from '../names.ts'
import { alterColumnType } from './alterColumnType.ts'
import { identityKind, identityOptions, translateColumn } from './columns.ts'
import { translateConstraint } from './constraints.ts'
import { tableSetting } from './tableSettings.ts'
import { restartOf } from './utility.ts'
import { type Places, type Translation, at, locationOf, named } from './translation.ts'

/**
 * PostgreSQL sorts the actions of one ALTER TABLE into passes before it runs them
 * (AlterTablePass, src/backend/commands/tablecmds.c); what is left out runs in the last one.
 */
const PASSES: Readonly<Record<string, number>> = {
  AT_DropColumn: 0,
  AT_DropConstraint: 0,
  AT_DropNotNull: 0,
  AT_DropIdentity: 0,
  AT_DropExpression: 0,
  AT_AlterColumnType: 1,
  AT_AddColumn: 2,
  AT_AddConstraint: 4,
}

/** ALTER TABLE and its kin on views, indexes and sequences. */
export function alterTable(translation: Translation, node: AlterTableStmt): void {
  const name = rangeName(translation.catalog(), node.relation)
  if (node.objtype !== 'OBJECT_TABLE' && node.objtype !== 'OBJECT_FOREIGN_TABLE') {
    translation.emit({
      kind: 'Harmless',
      command: `ALTER ${node.objtype?.slice(7) ?? ''}`,
      table: null,
    })
    return
  }
  const catalog = translation.catalog()
  const isAbsent = node.missing_ok === true && isGone(catalog, name)
  if (isAbsent || findIndex(catalog, name) !== undefined || findView(catalog, name) !== undefined) {
    translation.emit({ kind: 'Harmless', command: 'ALTER TABLE', table: null })
    return
  }
  const from = node.relation?.location ?? 0
  const commands = (node.cmds ?? []).flatMap((cmd) =>
    'AlterTableCmd' in cmd ? [cmd.AlterTableCmd] : [],
  )
  const names = commands.map(nameIn)
  const ordered = commands
    .map((command, position) => ({
      command,
      position,
      pass: PASSES[command.subtype ?? ''] ?? 3,
      place: named(
        names[position] ?? '',
        from,
        names.slice(0, position).filter((earlier) => earlier === names[position]).length,
      ),
    }))
    .sort((a, b) => a.pass - b.pass || a.position - b.position)
  const retyped = commands
    .filter(({ subtype }) => subtype === 'AT_AlterColumnType')
    .map((command) => command.name ?? '')
  for (const { command, place } of ordered) {
    const places = { table: { at: from }, column: place, name: place, constraint: place }
    if (command.subtype === 'AT_AlterColumnType') {
      const alongside = retyped.filter((other) => other !== command.name)
      alterColumnType(translation, name, command, places, alongside)
    } else alterOnce(translation, name, command, places, node.relation?.inh !== true)
  }
}

/** The column or constraint an action names. */
function nameIn({ name, def }: AlterTableCmd): string {
  if (name !== undefined || def === undefined) return name ?? ''
  if ('ColumnDef' in def) return def.ColumnDef.colname ?? ''
  if ('Constraint' in def) return def.Constraint.conname ?? ''
  return 'ATAlterConstraint' in def ? (def.ATAlterConstraint.conname ?? '') : ''
}

function alterOnce(
  translation: Translation,
  table: QualifiedName,
  command: AlterTableCmd,
  places: Places,
  only: boolean,
): void {
  const column = command.name ?? ''
  const emit: Translation['emit'] = (body) => translation.emit(body, places)
  const ifExists = command.missing_ok === true
  const cascade = command.behavior === 'DROP_CASCADE'
  const definition = command.def
  switch (command.subtype) {
    case 'AT_AddColumn':
      if (definition && 'ColumnDef' in definition) addColumn(translation, table, command)
      return
    case 'AT_DropColumn':
      return emit({ kind: 'DropColumn', table, column, cascade, ifExists })
    case 'AT_SetNotNull':
      return emit({ kind: 'SetNotNull', table, column, constraint: null, notValid: false })
    case 'AT_DropNotNull':
      return emit({ kind: 'DropNotNull', table, column })
    case 'AT_ColumnDefault':
      return translation.emit(
        definition === undefined
          ? { kind: 'DropDefault', table, column }
          : {
              kind: 'SetDefault',
              table,
              column,
              default: defaultOf(translation.catalog(), definition),
            },
        { ...places, default: at(locationOf(definition)) },
      )
    case 'AT_AddIdentity': {
      const identity = definition && 'Constraint' in definition ? definition.Constraint : undefined
      return emit({
        kind: 'AddIdentity',
        table,
        column,
        identity: identityKind(identity?.generated_when),
        ...identityOptions(identity, table),
      })
    }
    case 'AT_SetIdentity':
      return emit({
        kind: 'AlterIdentity',
        table,
        column,
        identity: generatedWhen(definition),
        ...restartOf(
          definition && 'List' in definition ? (definition.List.items ?? []) : undefined,
        ),
      })
    case 'AT_DropIdentity':
      return emit({ kind: 'DropIdentity', table, column, ifExists })
    case 'AT_SetExpression':
      return emit({ kind: 'SetExpression', table, column, expression: expressionOf(definition) })
    case 'AT_DropExpression':
      return emit({ kind: 'DropExpression', table, column, ifExists })
    case 'AT_AddConstraint':
      if (definition && 'Constraint' in definition) {
        translateConstraint(translation, table, definition.Constraint, null, false, only)
      }
      return
    case 'AT_ValidateConstraint':
      return emit({ kind: 'ValidateConstraint', table, constraint: column })
    case 'AT_DropConstraint':
      return emit({ kind: 'DropConstraint', table, constraint: column, cascade, ifExists })
    case 'AT_AlterConstraint': {
      const altered =
        definition && 'ATAlterConstraint' in definition ? definition.ATAlterConstraint : {}
      const enforced = altered.alterEnforceability === true ? altered.is_enforced === true : null
      return translation.emit(
        { kind: 'AlterConstraint', table, constraint: altered.conname ?? '', enforced },
        places,
      )
    }
    default:
      return tableSetting(translation, table, command, places)
  }
}

/** What SET GENERATED says, as the code of a letter (ATTRIBUTE_IDENTITY_*, pg_attribute.h). */
function generatedWhen(definition: Node | undefined): AlterIdentity['identity'] {
  for (const option of definition && 'List' in definition ? (definition.List.items ?? []) : []) {
    if (!('DefElem' in option) || option.DefElem.defname !== 'generated') continue
    const { arg } = option.DefElem
    if (arg && 'Integer' in arg) return identityKind(String.fromCharCode(arg.Integer.ival ?? 0))
  }
  return null
}

function addColumn(translation: Translation, table: QualifiedName, command: AlterTableCmd): void {
  const definition = command.def
  if (!definition || !('ColumnDef' in definition)) return
  const catalog = translation.catalog()
  const { column, constraints, places } = translateColumn(catalog, definition.ColumnDef)
  const exists = findColumn(findTable(catalog, table), column.name) !== undefined
  const ifNotExists = command.missing_ok === true
  translation.emit(
    { kind: 'AddColumn', table, column: column.name, definition: column, ifNotExists },
    { ...places, constraint: at(constraints[0]?.location) },
  )
  if (exists && ifNotExists) return
  for (const constraint of constraints) {
    translateConstraint(translation, table, constraint, column.name, true)
  }
}
