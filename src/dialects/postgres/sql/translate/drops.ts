import type { DropStmt, Node } from '@pgsql/types'
import { findIndex, findView } from '../../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { functionNameOf, listedRelation, strings, typeNameOf } from '../names.ts'
import { type Places, type Translation, lastWord } from './translation.ts'

/** DROP of anything that DropStmt covers. */
export function drop(translation: Translation, node: DropStmt): void {
  const lists = (node.objects ?? []).map(nameList)
  const tables = lists.map((names) => listedRelation(translation.catalog(), names))
  for (const [position, names] of lists.entries()) {
    dropOne(translation, node, names, tables, tables[position] ?? { schema: '', name: '' })
  }
}

/** Objects are listed as a List of names, a TypeName, a bare String, or with arguments. */
function nameList(node: Node): string[] {
  if ('List' in node) return strings(node.List.items)
  if ('TypeName' in node) return strings(node.TypeName.names)
  if ('String' in node) return [node.String.sval ?? '']
  if ('ObjectWithArgs' in node) return strings(node.ObjectWithArgs.objname)
  return []
}

function dropOne(
  translation: Translation,
  node: DropStmt,
  names: readonly string[],
  together: readonly QualifiedName[],
  relation: QualifiedName,
): void {
  const name = names.at(-1) ?? ''
  const places: Places = {
    name: lastWord(name),
    table: lastWord(name),
    concurrently: lastWord('concurrently'),
  }
  const emit: Translation['emit'] = (body) => translation.emit(body, places)
  const options = { cascade: node.behavior === 'DROP_CASCADE', ifExists: node.missing_ok === true }
  const catalog = translation.catalog()
  // DROP POLICY, TRIGGER and RULE list the table's name before their own.
  const onTable = () => listedRelation(catalog, names.slice(0, -1))
  switch (node.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return emit({ kind: 'DropTable', table: relation, together, ...options })
    case 'OBJECT_INDEX': {
      const on = findIndex(catalog, relation)?.on
      return emit({
        kind: 'DropIndex',
        index: relation,
        table: on ? { schema: on.schema, name: on.name } : null,
        concurrently: node.concurrent === true,
        ...options,
      })
    }
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return emit({
        kind: 'DropView',
        view: relation,
        materialized:
          node.removeType === 'OBJECT_MATVIEW' ||
          findView(catalog, relation)?.materialized === true,
        ...options,
      })
    case 'OBJECT_SEQUENCE':
      return emit({ kind: 'DropSequence', sequence: relation, ...options })
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return emit({ kind: 'DropType', type: typeNameOf(catalog, names), ...options })
    case 'OBJECT_SCHEMA':
      return emit({ kind: 'DropSchema', schema: name, ...options })
    case 'OBJECT_POLICY':
      return emit({
        kind: 'DropPolicy',
        table: onTable(),
        policy: name,
        ifExists: options.ifExists,
      })
    case 'OBJECT_TRIGGER':
      return emit({
        kind: 'DropTrigger',
        table: onTable(),
        trigger: name,
        ifExists: options.ifExists,
      })
    case 'OBJECT_FUNCTION':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_PROCEDURE':
      return emit({
        kind: 'DropFunction',
        function: functionNameOf(catalog, names),
        ...options,
      })
    case 'OBJECT_RULE':
      return emit({ kind: 'CreateRule', table: onTable() })
    default:
      return emit({
        kind: 'Harmless',
        command: `DROP ${node.removeType?.slice('OBJECT_'.length) ?? ''}`,
        table: null,
      })
  }
}
