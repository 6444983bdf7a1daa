import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { findColumn } from '../../../catalog/table.ts'
import type { Name } from '../../ddl/syntax.ts'
import {
  type Places,
  type Translation,
  columnName,
  sameWord,
  spelling,
} from '../../ddl/translation.ts'
import type { AlterAction, AlterTable } from '../statements/statement.ts'
import { attributesOf, defaultOf, translateColumn } from './columns.ts'
import { ownKeys } from './createTable.ts'
import { PRIMARY, addCheck, addElement, addForeignKey } from './elements.ts'
import { type Last, columnPosition, modifyColumn } from './modifyColumn.ts'
import { indexNamed, newName, relationName } from './names.ts'

/** ALTER TABLE: its actions one after the other, as if each stood alone. */
export function alterTable(translation: Translation, statement: AlterTable): void {
  const table = relationName(translation.catalog(), statement.table)
  const at = { table: statement.table, name: statement.table }
  const last: Last[] = []
  for (const action of inOrder(statement.actions)) {
    if (action.kind === 'rename table') emitAll(translation, last.splice(0))
    const later = alter(translation, table, at, action)
    if (later) last.push(later)
  }
  emitAll(translation, last)
}

function emitAll(translation: Translation, changes: readonly Last[]): void {
  for (const { body, places } of changes) translation.emit(body, places)
}

/** Another name comes last, whatever the order: the other actions are on the old one. */
function inOrder(actions: readonly AlterAction[]): readonly AlterAction[] {
  const isRename = ({ kind }: AlterAction) => kind === 'rename table'
  return [...actions.filter((action) => !isRename(action)), ...actions.filter(isRename)]
}

function alter(
  translation: Translation,
  table: QualifiedName,
  at: Places,
  action: AlterAction,
): Last | null | void {
  const catalog = translation.catalog()
  const known = findTable(catalog, table)
  const spell = spelling(known)
  const emit = (body: ChangeBody, places: Places = {}) =>
    translation.emit(body, { ...at, ...places })
  const ofColumn = (name: Name) => ({ table, column: spell(name.text) })
  switch (action.kind) {
    case 'add column':
      return addColumn(translation, table, at, action)
    case 'add element': {
      const { element } = action
      const references = 'references' in element ? { references: element.references } : {}
      const named = 'name' in element && element.name ? { name: element.name } : {}
      return emit(addElement(catalog, table, element, spell), {
        constraint: element,
        ...references,
        ...named,
      })
    }
    case 'drop column': {
      const { column, ifExists } = action
      const body = { ...ofColumn(column), cascade: false, ifExists }
      return emit({ kind: 'DropColumn', ...body }, { column })
    }
    case 'modify column':
      return modifyColumn(translation, table, at, action)
    case 'rename column': {
      const { column, to } = action
      return emit({ kind: 'RenameColumn', ...ofColumn(column), to: to.text }, { column, to })
    }
    case 'rename index': {
      const name = indexNamed(known, action.name)?.name ?? action.name.text
      const index = { schema: table.schema, name }
      return emit({ kind: 'RenameIndex', index, table, to: action.to.text }, { name: action.name })
    }
    case 'rename table':
      return emit({ kind: 'RenameTable', table, to: newName(action.to) }, { to: action.to })
    case 'set default': {
      const { column, expression, inParentheses } = action
      const value = defaultOf(expression, inParentheses, spell)
      const places = { column, default: expression }
      return value === null
        ? emit({ kind: 'DropDefault', ...ofColumn(column) }, places)
        : emit({ kind: 'SetDefault', ...ofColumn(column), default: value }, places)
    }
    case 'drop default':
      return emit({ kind: 'DropDefault', ...ofColumn(action.column) }, { column: action.column })
    case 'enforce check': {
      const { enforced } = action
      const constraint = constraintNamed(known, action.name)
      const places = { constraint: action.name }
      return emit({ kind: 'AlterConstraint', table, constraint, enforced }, places)
    }
    case 'convert charset':
      return emit(
        { kind: 'SetTableStorage', table, setting: 'character set', value: action.charset },
        { value: action },
      )
    case 'rebuild':
      return emit(
        { kind: 'SetTableStorage', table, setting: 'storage', value: action.what },
        { value: action },
      )
    case 'options': {
      const stored = action.options.names.find((name) =>
        /^(?:ENGINE|ROW_FORMAT|KEY_BLOCK_SIZE)$/.test(name),
      )
      return emit(
        stored === undefined
          ? { kind: 'Harmless', command: 'ALTER TABLE', table }
          : { kind: 'SetTableStorage', table, setting: 'storage', value: stored },
        { value: action },
      )
    }
    case 'setting':
      return emit({ kind: 'Harmless', command: action.what, table }, { value: action })
    case 'clause':
      return undefined
    case 'drop primary key':
      return emit(
        { kind: 'DropConstraint', table, constraint: PRIMARY, cascade: false, ifExists: false },
        { constraint: action },
      )
    case 'drop index':
    case 'drop constraint':
    case 'drop check':
    case 'drop foreign key':
      return emit(dropped(translation, table, action), {
        constraint: action.name,
        name: action.name,
      })
  }
}

/** DROP CONSTRAINT may mean an index: a unique key is one. */
function dropped(
  translation: Translation,
  table: QualifiedName,
  {
    kind,
    name,
    ifExists,
  }: Extract<AlterAction, { readonly ifExists: boolean; readonly name: Name }>,
): ChangeBody {
  const known = findTable(translation.catalog(), table)
  const isConstraint = known?.constraints.some((one) => sameWord(one.name, name.text))
  const index = indexNamed(known, name)
  const isIndex = kind === 'drop index' || (kind === 'drop constraint' && !isConstraint && index)
  if (!isIndex || index?.constraint) {
    const constraint = constraintNamed(known, name)
    return { kind: 'DropConstraint', table, constraint, cascade: false, ifExists }
  }
  const found = { schema: table.schema, name: index?.name ?? name.text }
  return { kind: 'DropIndex', index: found, table, concurrently: false, ifExists, cascade: false }
}

function constraintNamed(
  table: { readonly constraints: readonly { readonly name: string }[] } | undefined,
  { text }: Name,
): string {
  return table?.constraints.find(({ name }) => sameWord(name, text))?.name ?? text
}

function addColumn(
  translation: Translation,
  table: QualifiedName,
  at: Places,
  action: Extract<AlterAction, { readonly kind: 'add column' }>,
): Last | null {
  const { column: definition, ifNotExists } = action
  const catalog = translation.catalog()
  const known = findTable(catalog, table)
  const isThere = findColumn(known, columnName(known, definition.name)) !== undefined
  const own = definition.name.text
  const spell = (text: string) => (sameWord(text, own) ? own : columnName(known, { text }))
  const { column, places } = translateColumn(catalog, known, definition, spell)
  const whole = { ...at, ...places }
  const position = columnPosition(known, action.position)
  translation.emit(
    { kind: 'AddColumn', table, column: column.name, definition: column, ifNotExists, ...position },
    whole,
  )
  if (ifNotExists && isThere) return null
  for (const key of ownKeys(definition)) {
    const body = addElement(translation.catalog(), table, key, spell)
    const withColumn = body.kind === 'AddPrimaryKey' ? { withColumn: column.name } : {}
    translation.emit({ ...body, ...withColumn } as ChangeBody, { ...whole, constraint: key })
  }
  for (const attribute of definition.attributes) {
    if (attribute.kind === 'check') {
      const body = addCheck(translation.catalog(), table, attribute.check, spell, column.name)
      translation.emit(body, { ...whole, constraint: attribute })
    }
  }
  const reference = attributesOf(definition)('references')
  if (reference) {
    const { references } = reference
    const columns = [column.name]
    translation.emit(
      addForeignKey(translation.catalog(), table, columns, references, undefined, column.name),
      { ...whole, constraint: reference, references },
    )
  }
  if (!column.autoIncrement) return null
  const counts = { gained: ['AUTO_INCREMENT'], lost: [], comment: null } as const
  const body = { kind: 'AlterColumnAttributes', table, column: column.name, ...counts } as const
  return { body, places: whole }
}
