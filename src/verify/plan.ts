import { splitAtBreakpoints } from '../dialects/breakpoints.ts'
import type { Engine, MigrationSource } from '../dialects/dialect.ts'
import type { TransactionSpan } from '../dialects/effects.ts'

/** A stretch of a migration that is sent to the server at once. */
export interface Unit {
  /** Its number within the deployment, from 0. */
  readonly at: number
  readonly migration: string
  readonly file: string
  readonly start: number
  readonly end: number
  readonly sql: string
  /** Where the statements in it start: several where a chunk has to be sent whole. */
  readonly statements: readonly number[]
  /** What they are, as the parser names them; null where it cannot read one. */
  readonly commands: readonly (string | null)[]
  /** What it does to the transaction around it. */
  readonly control: 'begins' | 'ends' | null
}

/**
 * Takes pending migrations apart as the migrator sends them. Within a transaction statements are sent
 * one by one, which makes no difference there; where a chunk has a transaction of its own, or ends
 * one, it goes as it is.
 *
 * @param span - what shares a transaction
 */
export function planOf(
  engine: Engine,
  sources: readonly MigrationSource[],
  span: TransactionSpan,
): readonly Unit[] {
  const units: Unit[] = []
  for (const { name, file, text } of sources) {
    let inBlock = span !== 'none'
    const all = engine.statements(text)
    for (const chunk of splitAtBreakpoints(text)) {
      const chunkEnd = chunk.offset + chunk.text.length
      const own = all.filter(({ start, end }) => start >= chunk.offset && end <= chunkEnd)
      if (own.length === 0) continue
      const isWhole =
        !inBlock || own.some(({ command }) => command === null || command === 'TransactionStmt')
      const parts = isWhole
        ? [
            {
              start: own[0]!.start,
              end: own.at(-1)!.end,
              statements: own.map(({ start }) => start),
              commands: own.map(({ command }) => command),
            },
          ]
        : own.map(({ start, end, command }) => ({
            start,
            end,
            statements: [start],
            commands: [command],
          }))
      for (const part of parts) {
        const sql = text.slice(part.start, part.end)
        const control = isWhole
          ? controlOf(own.map(({ start, end }) => text.slice(start, end)))
          : null
        if (control) inBlock = control === 'begins'
        units.push({ at: units.length, migration: name, file, ...part, sql, control })
      }
    }
  }
  return units
}

/** What the last statement of several that begins or ends a transaction does. */
function controlOf(statements: readonly string[]): Unit['control'] {
  let control: Unit['control'] = null
  for (const sql of statements) {
    if (/^(?:begin|start\s+transaction)\b/i.test(sql)) control = 'begins'
    else if (
      /^(?:commit|end|rollback|abort)\b(?!\s+(?:work\s+|transaction\s+)?to\b|\s+prepared\b)/i.test(
        sql,
      )
    )
      control = 'ends'
  }
  return control
}
