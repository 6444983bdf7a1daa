import type { Change } from '../catalog/change.ts'
import type { DataType } from '../catalog/type.ts'
import { type TraceClient, attempt, quoteIdentifier } from './trace/client.ts'

/**
 * Gives columns whose type is going to change values with digits that a narrower type would lose, as
 * production's may have: rows that are made up hold round numbers.
 */
export async function roughen(client: TraceClient, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    const more = change.kind === 'AlterColumnType' && change.from ? moreOf(change.from) : null
    if (change.kind !== 'AlterColumnType' || more === null) continue
    const { schema, name } = change.table
    const column = quoteIdentifier(change.column)
    // What a check refuses stays round.
    await attempt(
      client,
      `update ${quoteIdentifier(schema)}.${quoteIdentifier(name)} set ${column} = ${column} + ${more}`,
    )
  }
}

function moreOf({ schema, name, modifiers, dimensions }: DataType): string | null {
  if (schema !== null || dimensions > 0) return null
  if (/^float[48]$/.test(name)) return '0.25'
  if (name === 'numeric') return modifiers.length > 0 && !modifiers[1] ? null : '0.25'
  return /^timestamp(?:tz)?$/.test(name) ? "interval '1:02:03.004'" : null
}
