import type { CheckResult } from '../../check/result.ts'
import type { WayBack } from '../../check/verification/back/wayBack.ts'
import { codeFrame } from '../codeFrame.ts'
import { mdBlock, mdCode, mdMessage, mdText } from '../markdownText.ts'
import { painter } from '../paint.ts'
import { Lines } from '../position.ts'
import { inert, printable, withoutPasswordsInPlace } from '../printable.ts'
import { urlOfRule } from '../ruleUrl.ts'
import { coverageLines, verdictLine } from '../summary.ts'
import { backStatement, wayBackWords } from '../wayBack.ts'
import { within } from '../within.ts'
import { type Entry, openEntries } from '../entries.ts'
import type { FormatOptions } from './format.ts'
import { worstFirst } from '../worstFirst.ts'

/** Columns that a comment has for a line of code. */
const CODE_WIDTH = 100

/**
 * The outcome of a check as GitHub's and GitLab's Markdown.
 *
 * @param limit - bytes there is room for: what does not fit is counted in its place
 */
export function markdown(
  result: CheckResult,
  { quiet }: Pick<FormatOptions, 'quiet'>,
  limit = Infinity,
): string {
  const verdict = verdictLine(result, painter(false)) ?? 'nothing found'
  const head = `**migration-lint: ${mdText(verdict)}**`
  const findings = worstFirst(openEntries(result, quiet))
  const blocks = [
    head,
    ...problemBlocks(result),
    ...findings.map((one) => findingBlock(one, result)),
    ...(result.waysBack ?? []).map(wayBackBlock),
  ]
  return within(
    blocks.map(inert),
    inert(coverage(result)),
    limit,
    (count) => `… and ${count} more, in the log of the run.`,
  )
}

/** What was looked at and what was not, in small print. */
export function coverage(result: CheckResult): string {
  return [...coverageLines(result), ...(result.notices ?? [])]
    .map((line) => `<sub>${mdText(line)}</sub>  \n`)
    .join('')
}

/** What could not be checked. */
export function problemBlocks({ problems }: CheckResult): string[] {
  return problems.map(({ message, help }) => {
    const [first = '', ...more] = mdMessage(`Could not check: ${message}`)
    const lines = [first.replace('Could not check', '**Could not check**'), ...more]
    return [...lines, ...(help === '' ? [] : ['', ...mdMessage(help)])].join('\n')
  })
}

/** What came of taking a deployment back. */
export function wayBackBlock(back: WayBack): string {
  const { verdict, notes } = wayBackWords(back)
  const statements = back.statements.map((one) => printable(backStatement(one)))
  return [
    `**${mdText(verdict)}**`,
    ...(statements.length > 0 ? ['', ...mdBlock(statements, 'sql')] : []),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${mdText(note)}`)] : []),
  ].join('\n')
}

/** A finding with its lines of SQL. */
export function findingBlock({ finding, stretch }: Entry, result: CheckResult): string {
  const { severity, rule, object, file, range, message, help } = finding
  const url = urlOfRule(rule, result.rules)
  const where = stretch === null ? '' : `, line ${stretch.start.line}`
  const title = [
    `**${severity === 'error' ? 'error' : 'warning'}**`,
    url === null ? mdCode(rule) : `[${mdCode(rule)}](${url})`,
    ...(object === null ? [] : [mdCode(object)]),
    `in ${mdCode(file)}${where}`,
  ]
  const content = result.text(file)
  const text = content === undefined ? undefined : withoutPasswordsInPlace(content)
  const frame =
    text === undefined || range === null
      ? []
      : mdBlock(codeFrame(text, new Lines(text), range, CODE_WIDTH, painter(false)), 'text')
  return [
    `#### ${title.join(' ')}`,
    '',
    ...mdMessage(message),
    ...(frame.length > 0 ? ['', ...frame] : []),
    ...(help === ''
      ? []
      : ['', ...mdMessage(help).map((line, i) => (i === 0 ? `→ ${line}` : line))]),
  ].join('\n')
}
