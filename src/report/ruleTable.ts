import type { DocumentedRule } from './explanation.ts'
import type { Paint } from './paint.ts'
import { severities } from './ruleFacts.ts'

/** The rules as a table for a terminal: name, severity, category, description. */
export function ruleTable(rules: readonly DocumentedRule[], paint: Paint): string {
  const rows = rules.map(({ name, meta }) => [
    name,
    severities(meta),
    meta.docs.category,
    meta.docs.description,
  ])
  const header = ['Rule', 'Severity', 'Category', 'What it reports']
  const widths = header.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]!.length)),
  )
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')
  return `${[paint('bold', line(header)), ...rows.map(line)].join('\n')}\n`
}
