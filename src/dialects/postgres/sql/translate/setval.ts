import type { FuncCall, Node, SelectStmt } from '@pgsql/types'
import { type Catalog, ownSequences } from '../../../../catalog/catalog.ts'
import type { Restart } from '../../../../catalog/change/others.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { mentionsIn } from '../expressions.ts'
import { listedRelation, strings } from '../names.ts'
import type { Translation } from './translation.ts'

/** `SELECT setval('s', …)`: an ALTER SEQUENCE … RESTART in other words. */
export function setval(translation: Translation, node: SelectStmt): void {
  for (const target of node.targetList ?? []) {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined
    if (!value || !('FuncCall' in value)) continue
    if (strings(value.FuncCall.funcname).at(-1) !== 'setval') continue
    const [name, next, called] = value.FuncCall.args ?? []
    const sequence = sequenceNamed(translation.catalog(), name)
    if (sequence === null || next === undefined) continue
    const isCalled = !(called && 'A_Const' in called && called.A_Const.boolval?.boolval !== true)
    translation.emit({
      kind: 'AlterSequence',
      sequence,
      ownedBy: null,
      restart: restartAt(next, isCalled),
    })
  }
}

/** A sequence by its name in quotes, or by the column that it belongs to. */
function sequenceNamed(catalog: Catalog, node: Node | undefined): QualifiedName | null {
  if (node === undefined) return null
  if ('TypeCast' in node) return sequenceNamed(catalog, node.TypeCast.arg)
  if ('A_Const' in node && node.A_Const.sval) {
    return listedRelation(catalog, identifiers(node.A_Const.sval.sval ?? ''))
  }
  if (!('FuncCall' in node)) return null
  const call: FuncCall = node.FuncCall
  if (strings(call.funcname).at(-1) !== 'pg_get_serial_sequence') return null
  const [table, column] = (call.args ?? []).map((arg) =>
    'A_Const' in arg ? (arg.A_Const.sval?.sval ?? '') : '',
  )
  const owner = listedRelation(catalog, identifiers(table ?? ''))
  const [own] = ownSequences(catalog, owner, column ?? '')
  return own ? { schema: own.schema, name: own.name } : null
}

/** The parts of a name as SQL writes it: `public."Users_id_seq"`. */
function identifiers(text: string): readonly string[] {
  return (text.match(/"(?:[^"]|"")+"|[^."]+/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
  )
}

/** @param isCalled - the value counts as used, so that the next one follows it */
function restartAt(node: Node, isCalled: boolean): Restart {
  if ('A_Const' in node && node.A_Const.ival) {
    const value = node.A_Const.ival.ival ?? 0
    return { at: isCalled ? value + 1 : value }
  }
  const readsMax = mentionsIn(node).functions.some(({ name }) => name === 'max')
  if (!readsMax) return { at: 'unknown' }
  return {
    at: isCalled || JSON.stringify(node).includes('"sval":"+"') ? 'past the rows' : 'the last row',
  }
}
