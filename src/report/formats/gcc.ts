import type { CheckResult } from '../../check/result.ts'
import { shownPath } from '../path.ts'
import { inert, printable } from '../printable.ts'
import { openEntries, problemText } from '../entries.ts'
import type { FormatOptions } from './format.ts'

/**
 * One line for each finding, as compilers print them: `file:line:column: error: message [rule]`. An
 * editor opens the paths, so they start where it ran.
 */
export function gcc(
  result: CheckResult,
  options: Pick<FormatOptions, 'quiet' | 'cwd' | 'root'>,
): string {
  const problems = result.problems.map((problem) => {
    const where =
      problem.file === null ? 'migration-lint' : `${shownPath(problem.file, options)}:1:1`
    return `${where}: error: ${[problemText(problem), problem.help].filter(Boolean).join(' ')}`
  })
  const findings = openEntries(result, options.quiet).map(({ finding, stretch }) => {
    const { line, column } = stretch?.start ?? { line: 1, column: 1 }
    const word = finding.severity === 'error' ? 'error' : 'warning'
    const place = `${shownPath(finding.file, options)}:${line}:${column}`
    return `${place}: ${word}: ${finding.message} [${finding.rule}]`
  })
  return inert([...problems, ...findings].map((line) => `${printable(line)}\n`).join(''))
}
