import type { OptionsSchema } from '../config/optionsSchema.ts'
import { type Example, type RuleMeta, otherSeverity } from '../lint/rule.ts'

/** A rule's severity in words; also the ones it has for some of its messages only. */
export function severities(meta: RuleMeta): string {
  const word = (level: string) => (level === 'warn' ? 'warning' : level)
  const other = otherSeverity(meta)
  const severity =
    other === null ? word(meta.severity) : `${word(meta.severity)} (in some cases ${word(other)})`
  return meta.preset ? `${severity}, in the preset ${meta.preset} only` : severity
}

/** One line per option: its name, its type, what it is for. */
export function optionLines(options: OptionsSchema): string[] {
  return Object.entries(options).map(
    ([name, { type, description }]) => `${name} (${type}): ${description}`,
  )
}

/** The SQL of an example with a title for each piece of it. */
export function exampleFiles(example: Example): { title: string; sql: string }[] {
  const pending = typeof example.sql === 'string' ? [example.sql] : example.sql
  const conditions = conditionsOf(example)
  const files = pending.map((sql, i) => ({
    title: `pending${pending.length > 1 ? `, migration ${i + 1}` : ''}${conditions}`,
    sql: sql.trim(),
  }))
  const schema = example.schema.trim()
  return schema === '' ? files : [{ title: 'deployed', sql: schema }, ...files]
}

function conditionsOf({ versions, migrator }: Example): string {
  const conditions = []
  const { from, to } = versions ?? {}
  if (from !== undefined && to !== undefined) conditions.push(`PostgreSQL ${from} to ${to}`)
  else if (from !== undefined) conditions.push(`PostgreSQL ${from} and later`)
  else if (to !== undefined) conditions.push(`PostgreSQL ${to} and earlier`)
  if (migrator !== undefined && migrator !== 'drizzle') conditions.push(`migrator: ${migrator}`)
  return conditions.length === 0 ? '' : ` (${conditions.join(', ')})`
}
