import type { CheckResult } from '../../check/result.ts'
import type { Finding, Fix } from '../../finding/finding.ts'
import { linesOf } from '../linesOf.ts'
import type { Lines, Position } from '../position.ts'
import { shownPath } from '../path.ts'
import { printableJson } from '../printable.ts'
import { urlOfRule } from '../ruleUrl.ts'
import {
  NOT_CHECKED,
  openEntries,
  problemText,
  type Stretch,
  stretchOf,
  withHelp,
} from '../entries.ts'
import type { FormatOptions } from './format.ts'

/**
 * Diagnostics for reviewdog (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf). Its
 * columns count bytes of UTF-8. It puts its own working directory before a path, so paths start at
 * ours.
 */
export function rdjson(
  result: CheckResult,
  { quiet, ...places }: Pick<FormatOptions, 'quiet' | 'cwd' | 'root'>,
): string {
  const lines = linesOf(result)
  const inBytes = (file: string, { start, end }: Stretch) => {
    const known = lines(file)!
    const text = result.text(file)!
    return { start: byteColumn(text, known, start), end: byteColumn(text, known, end) }
  }
  const suggestionsOf = ({ file, fix, suggestions = [] }: Finding) =>
    [...(fix ? [fix] : []), ...suggestions].flatMap(({ edits }: Fix) => {
      // reviewdog takes each suggestion for a whole one, in the file it comments on.
      const [edit, ...more] = edits
      const stretch = edit && stretchOf(edit.range, lines(edit.file))
      if (!edit || more.length > 0 || edit.file !== file || !stretch) return []
      return [{ range: inBytes(file, stretch), text: edit.text }]
    })
  const problems = result.problems.map((problem) => ({
    message: withHelp(problemText(problem), problem.help),
    location: { path: shownPath(problem.file ?? '', places) },
    severity: 'ERROR',
    code: { value: NOT_CHECKED },
  }))
  const findings = openEntries(result, quiet).map(({ finding, stretch }) => {
    const { file, message, help, severity, rule } = finding
    const suggestions = suggestionsOf(finding)
    const url = urlOfRule(rule, result.rules)
    return {
      message: withHelp(message, help),
      location: {
        path: shownPath(file, places),
        ...(stretch && { range: inBytes(file, stretch) }),
      },
      severity: severity === 'error' ? 'ERROR' : 'WARNING',
      code: { value: rule, ...(url !== null && { url }) },
      ...(suggestions.length > 0 && { suggestions }),
    }
  })
  return `${printableJson({
    source: { name: 'migration-lint', url: 'https://github.com/migration-lint/migration-lint' },
    diagnostics: [...problems, ...findings],
  })}\n`
}

function byteColumn(text: string, lines: Lines, { line, column }: Position): Position {
  const { start } = lines.range(line)
  return { line, column: Buffer.byteLength(text.slice(start, start + column - 1)) + 1 }
}
