import type { CheckResult } from '../../check/result.ts'
import { codeFrame } from '../codeFrame.ts'
import { mdBlock, mdCode, mdMessage, mdText } from '../markdownText.ts'
import { painter } from '../paint.ts'
import { Lines } from '../position.ts'
import { inert, withoutPasswordsInPlace } from '../printable.ts'
import { urlOfRule } from '../ruleUrl.ts'
import { coverageLines, verdictLine } from '../summary.ts'
import { type Entry, openEntries } from './entries.ts'
import type { FormatOptions } from './format.ts'
import { worstFirst } from './worstFirst.ts'

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
  const head = [`**migration-lint: ${mdText(verdict)}**`]
  const problems = result.problems.map(({ message, help }) => [
    ...mdMessage(`Could not check: ${message}`).map((line, i) =>
      i === 0 ? line.replace('Could not check', '**Could not check**') : line,
    ),
    ...(help === '' ? [] : ['', ...mdMessage(help)]),
  ])
  const findings = worstFirst(openEntries(result, quiet)).map((entry) => block(entry, result))
  const foot = [...coverageLines(result), ...(result.notices ?? [])].map(
    (line) => `<sub>${mdText(line)}</sub>  `,
  )
  return within([head, ...problems, ...findings], foot, limit)
}

function block({ finding, stretch }: Entry, result: CheckResult): string[] {
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
  ]
}

/** As many blocks as there is room for, the first ones first. */
function within(
  blocks: readonly (readonly string[])[],
  foot: readonly string[],
  limit: number,
): string {
  const texts = blocks.map((lines) => inert(lines.join('\n')))
  const end = foot.length === 0 ? '' : `${inert(foot.join('\n'))}\n`
  let room = limit - Buffer.byteLength(end) - 100
  const shown = texts.findIndex((text) => (room -= Buffer.byteLength(text) + 2) < 0)
  const kept = shown === -1 ? texts : texts.slice(0, shown)
  const left = texts.length - kept.length
  if (left > 0) kept.push(`… and ${left} more, in the log of the run.`)
  return `${kept.join('\n\n')}\n${end === '' ? '' : `\n${end}`}`
}
