import type { ReferentialAction } from '../../catalog/table.ts'
import { isRecord } from '../../json/isRecord.ts'

/** An object of a JSON file. What is not there, or of another kind than expected, is empty. */
export type Json = Readonly<Record<string, unknown>>

/** The objects of a list or of a record of objects. */
export function records(value: unknown): readonly Json[] {
  const list = Array.isArray(value)
    ? (value as unknown[])
    : isRecord(value)
      ? Object.values(value)
      : []
  return list.filter(isRecord)
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : []
}

const ACTIONS: ReadonlySet<string> = new Set([
  'no action',
  'restrict',
  'cascade',
  'set null',
  'set default',
])

/** `CASCADE`, `no action`; what is not given is no action. */
export function action(value: unknown): ReferentialAction {
  const name = text(value).toLowerCase()
  return ACTIONS.has(name) ? (name as ReferentialAction) : 'no action'
}

/** A default: SQL text, or a bare number or boolean. */
export function defaultText(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

/** `{ as, type }` of a generated column. */
export function generated(value: unknown): { expression: string; stored: boolean } | null {
  return isRecord(value) && typeof value['as'] === 'string'
    ? { expression: value['as'], stored: value['type'] !== 'virtual' }
    : null
}

/** `{ type: 'always' | 'byDefault' }` of an identity column; v5 and v6 write the whole in one string. */
export function identity(value: unknown): 'always' | 'by default' | null {
  if (!isRecord(value))
    return typeof value === 'string' ? (value.includes('always') ? 'always' : 'by default') : null
  return value['type'] === 'always' ? 'always' : 'by default'
}

/** The parts of tables in a flat list, by the name of their table. */
export function byTable(entities: readonly Json[]): ReadonlyMap<string, readonly Json[]> {
  const tables = new Map<string, Json[]>()
  for (const entity of entities) {
    const table = text(entity['table'])
    const found = tables.get(table)
    if (found) found.push(entity)
    else tables.set(table, [entity])
  }
  return tables
}
