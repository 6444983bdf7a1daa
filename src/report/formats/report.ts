import type { CheckResult } from '../../check/result.ts'
import type { Words } from '../../dialects/dialect.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Timeline } from '../../dialects/timeline.ts'
import { mdBlock, mdCode, mdText } from '../markdownText.ts'
import { painter } from '../paint.ts'
import { inert, printable } from '../printable.ts'
import { changesInWords } from '../review/changeWords.ts'
import { chartRows, DURATIONS, mermaidChart } from '../review/chart.ts'
import { type DeploymentReview, reviewOf } from '../review/review.ts'
import type { Rollback } from '../review/rollback.ts'
import { DOWNTIME, failureSentence } from '../review/sentences.ts'
import { verdictLine } from '../summary.ts'
import { KEPT_OUT } from '../timeline.ts'
import { within } from '../within.ts'
import type { Entry } from '../entries.ts'
import type { FormatOptions } from './format.ts'
import { coverage, findingBlock, problemBlocks, wayBackBlock } from './markdown.ts'

/** Changes of a migration, and rows of a table, beyond these are counted. */
const MOST_LINES = 40

const COMMENT_BYTES = 60_000

/**
 * The section of a pull request about its migrations, as GitHub's and GitLab's Markdown: what they
 * change, whom they keep waiting, what was found and accepted, what is left to do by hand, and how to
 * take it back.
 *
 * @param limit - bytes there is room for: what does not fit is counted
 */
export function report(
  result: CheckResult,
  { quiet }: Pick<FormatOptions, 'quiet'>,
  limit = Infinity,
): string {
  const { deployments, open, accepted } = reviewOf(result, quiet)
  const verdict = verdictLine(result, painter(false)) ?? 'nothing found'
  const found = open.map((entry) => findingBlock(entry, result))
  const blocks = [
    '### Database migrations',
    `**${mdText(verdict)}**`,
    ...problemBlocks(result),
    ...deployments.flatMap((one) => overview(one, labelOf(one, deployments))),
    ...(found.length > 0 ? ['### Findings', ...found] : []),
    ...(accepted.length > 0 ? ['### Accepted', accepted.map(acceptedLine).join('\n')] : []),
    ...deployments.flatMap((one) => afterwards(one, labelOf(one, deployments))),
    ...(result.waysBack ?? []).map(wayBackBlock),
  ]
  return within(
    blocks.map(inert),
    inert(coverage(result)),
    limit,
    (count) => `… and ${count} more blocks: the log of the run has all of it.`,
  )
}

/** The same within what a comment on GitHub may be: 65,536 characters. */
export function comment(result: CheckResult, options: Pick<FormatOptions, 'quiet'>): string {
  return report(result, options, COMMENT_BYTES)
}

/** Which of several deployments a heading is about. */
function labelOf({ outline }: DeploymentReview, all: readonly DeploymentReview[]): string {
  if (all.length === 1) return ''
  const isOnly = all.filter((one) => one.outline.project === outline.project).length === 1
  const names = isOnly ? [outline.project] : outline.migrations.map(({ name }) => name)
  return `: ${names.map(mdCode).join(', ')}`
}

/** What a deployment changes, and whom it keeps waiting. */
function overview({ outline, timeline, downtime }: DeploymentReview, label: string): string[] {
  const migrations = outline.migrations.map(({ name, changes }) => {
    const words = changesInWords(changes.map(({ change }) => change))
    const lines = words.map((line) => `- ${mdText(line)}`)
    return `${mdCode(name)}\n\n${atMost(lines, (count) => `- and ${count} more changes`)}`
  })
  return [
    `### What changes${label}`,
    ...migrations,
    `### Downtime and locks${label}`,
    [
      DOWNTIME[downtime.for],
      '',
      ...[...downtime.sentences, ...downtime.breaks].map((line) => `- ${mdText(line)}`),
    ]
      .join('\n')
      .trimEnd(),
    ...(timeline === null ? [] : lockBlocks(timeline, dialectOf(outline.dialect).words)),
  ]
}

function lockBlocks(timeline: Timeline, { lock }: Words): string[] {
  const chart = mermaidChart(timeline)
  const rows = chartRows(timeline)
  if (chart === null) return []
  const lines = rows.map(({ table, keepsOut, mode, from, to, duration }) =>
    tableRow([
      mdCode(table),
      KEPT_OUT[keepsOut],
      mdCode(lock(mode)),
      from === to ? `${from + 1}` : `${from + 1} to ${to + 1}`,
      DURATIONS[duration],
    ]),
  )
  const statements = timeline.statements.map(({ sql }, i) => `${i + 1}. ${mdCode(shortSql(sql))}`)
  const head = [
    '| Table | Who waits | Lock | Statements | As long as |',
    '| --- | --- | --- | --- | --- |',
  ]
  return [
    mdBlock(chart.split('\n'), 'mermaid').join('\n'),
    [...head, atMost(lines, (count) => `| and ${count} more | | | | |`)].join('\n'),
    details(
      `The statements, by number (${timeline.source})`,
      atMost(statements, (count) => `\nand ${count} more`),
    ),
  ]
}

/** What is left to do by hand, and how to take it back. */
function afterwards({ byHand, rollback }: DeploymentReview, label: string): string[] {
  const steps = [
    ...byHand.before.map((line) => `- Before: ${mdText(line)}`),
    ...byHand.after.map((line) => `- After: ${mdText(line)}`),
  ]
  return [
    ...(steps.length > 0 ? [`### By hand${label}`, steps.join('\n')] : []),
    `### Rollback${label}`,
    rollbackText(rollback),
  ]
}

function rollbackText(rollback: Rollback): string {
  const { statements, caveats, byHand, gone } = rollback
  const lines = [failureSentence(rollback)]
  if (gone.length > 0) {
    lines.push('', 'Once it is committed, only a backup can restore:', '')
    lines.push(...gone.map((what) => `- ${mdText(what)}`))
  }
  if (statements.length > 0) {
    lines.push('', 'Once it is committed, this undoes it:', '')
    lines.push(...mdBlock(statements.map(printable), 'sql'))
    if (caveats.length > 0)
      lines.push('', 'But:', '', ...caveats.map((what) => `- ${mdText(what)}`))
  }
  if (byHand.length > 0) {
    lines.push('', 'To be written by hand:', '', ...byHand.map((what) => `- ${mdText(what)}`))
  }
  return lines.join('\n')
}

function acceptedLine({ finding }: Entry): string {
  const { rule, object, migration, suppressed } = finding
  const about = [object, migration].flatMap((one) => (one === null ? [] : [mdCode(one)]))
  return `- ${[mdCode(rule), ...about].join(' ')}: ${mdText(suppressed?.reason ?? '')}`
}

function details(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`
}

function shortSql(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  return line.length <= 160 ? line : `${line.slice(0, 159).replace(/\p{Surrogate}$/u, '')}…`
}

/** In a table a bar ends a cell, even in code. */
function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function atMost(lines: readonly string[], rest: (count: number) => string): string {
  const more = lines.length - MOST_LINES
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [rest(more)] : [])].join('\n')
}
