import type { CheckResult } from '../../check/result.ts'
import { NOT_CHECKED, openEntries, problemText, withHelp } from '../entries.ts'
import type { FormatOptions } from './format.ts'
import { attributes, XML } from './xml.ts'

interface Row {
  readonly file: string
  readonly line: number | null
  readonly column: number | null
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly rule: string
}

/** The XML of Checkstyle, which Jenkins' Warnings plugin and many others read. */
export function checkstyle(result: CheckResult, { quiet }: Pick<FormatOptions, 'quiet'>): string {
  const files = new Map<string, Row[]>()
  for (const row of [...problemRows(result), ...findingRows(result, quiet)]) {
    files.set(row.file, [...(files.get(row.file) ?? []), row])
  }
  const body = [...files].flatMap(([file, rows]) => [
    `  <file${attributes({ name: file })}>`,
    ...rows.map(({ line, column, severity, message, rule }) => {
      const source = `migration-lint.${rule}`
      return `    <error${attributes({ line, column, severity, message, source })}/>`
    }),
    '  </file>',
  ])
  return [XML, '<checkstyle version="4.3">', ...body, '</checkstyle>', ''].join('\n')
}

function problemRows({ problems }: CheckResult): Row[] {
  return problems.map((problem) => ({
    file: problem.file ?? '.',
    line: null,
    column: null,
    severity: 'error',
    message: withHelp(problemText(problem), problem.help),
    rule: NOT_CHECKED,
  }))
}

function findingRows(result: CheckResult, quiet: boolean): Row[] {
  return openEntries(result, quiet).map(({ finding, stretch }) => ({
    file: finding.file,
    line: stretch?.start.line ?? null,
    column: stretch?.start.column ?? null,
    severity: finding.severity === 'error' ? 'error' : 'warning',
    message: withHelp(finding.message, finding.help),
    rule: finding.rule,
  }))
}
