import { splitAtBreakpoints } from '../dialects/breakpoints.ts'
import type { Engine, MigrationSource } from '../dialects/dialect.ts'
import type { Unit } from './plan.ts'

/**
 * Takes pending migrations apart as drizzle-orm's migrators hand them over: what stands between two
 * breakpoints at once, even where there is no statement in it.
 *
 * @param each - the statements of a chunk one by one: whoever takes several runs all of them
 */
export function chunksOf(
  engine: Engine,
  sources: readonly MigrationSource[],
  each: boolean,
): readonly Unit[] {
  const units: Unit[] = []
  for (const { name, file, text } of sources) {
    const all = engine.statements(text)
    for (const chunk of splitAtBreakpoints(text)) {
      const end = chunk.offset + chunk.text.length
      const own = all.filter((statement) => statement.start >= chunk.offset && statement.end <= end)
      const common = { migration: name, file, control: null }
      if (each) {
        for (const { start, end: to, command } of own) {
          const at = units.length
          units.push({
            ...common,
            at,
            start,
            end: to,
            sql: text.slice(start, to),
            statements: [start],
            commands: [command],
          })
        }
        continue
      }
      const sql = chunk.text.trim()
      const start = chunk.offset + chunk.text.indexOf(sql)
      units.push({
        ...common,
        at: units.length,
        start,
        end: start + sql.length,
        sql,
        statements: own.map((statement) => statement.start),
        commands: own.map(({ command }) => command),
      })
    }
  }
  return units
}
