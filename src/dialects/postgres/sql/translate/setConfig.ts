import type { Node, SelectStmt } from '@pgsql/types'
import { strings } from '../names.ts'
import type { Translation } from './translation.ts'

/** `SELECT set_config('search_path', '', false)`, as pg_dump writes it: a SET in other words. */
export function setConfig(translation: Translation, node: SelectStmt): void {
  for (const target of node.targetList ?? []) {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined
    if (
      !value ||
      !('FuncCall' in value) ||
      strings(value.FuncCall.funcname).at(-1) !== 'set_config'
    ) {
      continue
    }
    const [name, setting, local] = (value.FuncCall.args ?? []).map(constant)
    if (typeof name !== 'string' || typeof setting !== 'string') continue
    translation.emit({
      kind: 'SetVariable',
      name: name.toLowerCase(),
      values: setting.split(',').map((part) => part.trim().replace(/^"(.*)"$/, '$1')),
      local: local === true,
    })
  }
}

function constant(node: Node): string | boolean | null {
  if (!('A_Const' in node)) return null
  const { sval, boolval } = node.A_Const
  return sval ? (sval.sval ?? '') : boolval ? boolval.boolval === true : null
}
