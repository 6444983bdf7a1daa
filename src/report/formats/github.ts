import type { CheckResult } from '../../check/result.ts'
import { inertLine, printable } from '../printable.ts'
import { type Entry, openEntries, problemText } from '../entries.ts'
import type { FormatOptions } from './format.ts'
import { worstFirst } from '../worstFirst.ts'

/**
 * Annotations of GitHub Actions, one command on each line
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands). GitHub shows
 * ten errors and ten warnings of a step, so the worst come first. A pull request shows an annotation
 * where its diff has the line.
 */
export function github(result: CheckResult, { quiet }: Pick<FormatOptions, 'quiet'>): string {
  const problems = result.problems.map((problem) =>
    command('error', { file: problem.file, title: 'migration-lint' }, [
      problemText(problem),
      problem.help,
    ]),
  )
  const findings = worstFirst(openEntries(result, quiet)).map(annotation)
  return [...problems, ...findings].map((line) => `${line}\n`).join('')
}

function annotation({ finding, stretch }: Entry): string {
  const { severity, rule, object, file, message, help } = finding
  const title = object === null ? rule : `${rule} ${object}`
  return command(severity === 'error' ? 'error' : 'warning', { file, ...placeOf(stretch), title }, [
    message,
    help,
  ])
}

/** Columns mean something on one line only. */
function placeOf(stretch: Entry['stretch']): Readonly<Record<string, number>> {
  if (stretch === null) return {}
  const { start, end } = stretch
  const lines = { line: start.line, endLine: end.line }
  return start.line === end.line ? { ...lines, col: start.column, endColumn: end.column } : lines
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | null>>,
  lines: readonly string[],
): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${property(String(value))}`],
  )
  const message = lines
    .filter((line) => line !== '')
    .flatMap((line) => line.split('\n'))
    .map((line) => data(inertLine(printable(line))))
  return `::${name} ${given.join(',')}::${message.join('%0A')}`
}

/** As the runner reads the text of a command: percent signs and line ends are escaped. */
function data(text: string): string {
  return text.replaceAll('%', '%25')
}

/** As the runner reads the value of a property: what separates properties is escaped, too. */
function property(value: string): string {
  return data(inertLine(printable(value)))
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C')
}
