import type { AlterObjectSchemaStmt, RenameStmt } from '@pgsql/types'
import { findIndex, findView } from '../../../../catalog/catalog.ts'
import { nameKey } from '../../../../catalog/names.ts'
import { isGone, rangeName, strings, typeNameOf } from '../names.ts'
import { type Places, type Translation, lastWord, named } from './translation.ts'

/** ALTER … RENAME. */
export function rename(translation: Translation, node: RenameStmt): void {
  const catalog = translation.catalog()
  const relation = rangeName(catalog, node.relation)
  if (node.missing_ok && node.relation && isGone(catalog, relation)) {
    translation.emit({ kind: 'Harmless', command: 'ALTER … RENAME', table: null })
    return
  }
  const old = node.subname ?? ''
  const to = node.newname ?? ''
  const renamed = { schema: relation.schema, name: to }
  const from = node.relation?.location ?? 0
  const places: Places = {
    table: { at: from },
    name: old === '' ? { at: from } : named(old, from),
    column: named(old, from),
    constraint: named(old, from),
    to: lastWord(to),
  }
  const emit: Translation['emit'] = (body) => translation.emit(body, places)
  switch (node.renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_INDEX':
    case 'OBJECT_SEQUENCE':
      // ALTER TABLE renames indexes, views and sequences too; the catalog knows which it is.
      if (node.renameType === 'OBJECT_INDEX' || findIndex(catalog, relation)) {
        return emit({ kind: 'RenameIndex', index: relation, table: null, to })
      }
      if (node.renameType.endsWith('VIEW') || findView(catalog, relation)) {
        return emit({ kind: 'RenameView', view: relation, to: renamed })
      }
      if (node.renameType === 'OBJECT_SEQUENCE' || catalog.sequences.has(nameKey(relation))) {
        return emit({ kind: 'RenameSequence', sequence: relation, to: renamed })
      }
      return emit({ kind: 'RenameTable', table: relation, to: renamed })
    case 'OBJECT_COLUMN':
      if (node.relationType !== 'OBJECT_TABLE' || findView(catalog, relation)) {
        return emit({ kind: 'Harmless', command: 'ALTER … RENAME COLUMN', table: null })
      }
      return emit({ kind: 'RenameColumn', table: relation, column: old, to })
    case 'OBJECT_TABCONSTRAINT':
      return emit({ kind: 'RenameConstraint', table: relation, constraint: old, to })
    case 'OBJECT_POLICY':
      return emit({ kind: 'AlterPolicy', table: relation, policy: old, to })
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN': {
      const object = node.object && 'List' in node.object ? strings(node.object.List.items) : []
      const type = typeNameOf(catalog, object)
      return emit({ kind: 'RenameType', type, to: { schema: type.schema, name: to } })
    }
    case 'OBJECT_SCHEMA':
      return emit({ kind: 'RenameSchema', schema: old, to })
    default:
      return emit({ kind: 'Harmless', command: 'ALTER … RENAME', table: null })
  }
}

/** ALTER … SET SCHEMA. */
export function setSchema(translation: Translation, node: AlterObjectSchemaStmt): void {
  const catalog = translation.catalog()
  const schema = node.newschema ?? ''
  const places: Places = {
    table: { at: node.relation?.location ?? 0 },
    name: { at: node.relation?.location ?? 0 },
    to: lastWord(schema),
  }
  const relation = rangeName(catalog, node.relation)
  const to = { schema, name: relation.name }
  const isView = findView(catalog, relation) !== undefined
  if (node.missing_ok && isGone(catalog, relation)) {
    translation.emit({ kind: 'Harmless', command: 'ALTER TABLE', table: null })
  } else if (node.objectType === 'OBJECT_TABLE' && !isView) {
    translation.emit({ kind: 'SetTableSchema', table: relation, to }, places)
  } else if (isView || node.objectType === 'OBJECT_VIEW' || node.objectType === 'OBJECT_MATVIEW') {
    translation.emit({ kind: 'RenameView', view: relation, to }, places)
  } else if (node.objectType === 'OBJECT_SEQUENCE') {
    translation.emit({ kind: 'RenameSequence', sequence: relation, to }, places)
  } else if (node.objectType === 'OBJECT_TYPE' || node.objectType === 'OBJECT_DOMAIN') {
    const object = node.object && 'List' in node.object ? strings(node.object.List.items) : []
    const type = typeNameOf(catalog, object)
    translation.emit({ kind: 'RenameType', type, to: { schema, name: type.name } }, places)
  } else translation.emit({ kind: 'Harmless', command: 'ALTER … SET SCHEMA', table: null })
}
