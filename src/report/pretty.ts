import type { Finding } from '../finding/finding.ts'
import type { CheckResult } from '../check/result.ts'
import { codeFrame } from './codeFrame.ts'
import { painter, type Paint } from './paint.ts'
import type { Places } from '../finding/places.ts'
import { shownPath } from './path.ts'
import { Lines } from './position.ts'
import { problemLines } from './problem.ts'
import { Helps } from './repeatedHelp.ts'
import { adviceLines } from './advice.ts'
import { groupedBlocks, ruleTable } from './grouped.ts'
import { ownCommand } from '../finding/ownCommand.ts'
import { coverageLines, foundLines, verdictLine } from './summary.ts'
import { tally } from './tally.ts'
import { inert, printable, withoutPasswordsInPlace } from './printable.ts'
import { timelineLines } from './timeline.ts'
import { wayBackLines } from './wayBack.ts'
import { wrap } from './wrap.ts'

export interface PrettyOptions extends Places {
  readonly color: boolean
  /** Errors and problems only; nothing at all where there are none. */
  readonly quiet: boolean
  /** Nothing at all where there is nothing to be done: a hook is silent when all is well. */
  readonly silentIfClean?: boolean
  /** The last line: how to go on all the same. */
  readonly bypassHint?: string | null
  /** Columns of the terminal; null: not a terminal, lines are not broken. */
  readonly width: number | null
  /** How many warnings are fine; null: any number. */
  readonly maxWarnings?: number | null
  /** Whether every migration was judged, so that much of the same is to be expected. */
  readonly isWholeHistory?: boolean
}

/** Prose wider than this is hard to read, however wide the terminal is. */
const WIDEST = 100
/** What stands before a line of code: indent, marker, line number, bar. */
const GUTTER = 14
/** Code that is not printed to a terminal. */
const CODE_WIDTH = 120

/**
 * The outcome of a check for people: each finding with its place, the code to blame, what will
 * happen and what to do instead; then what could not be checked; then what was looked at.
 */
export function pretty(result: CheckResult, options: PrettyOptions): string {
  const paint = painter(options.color)
  const open = result.findings.filter(({ suppressed }) => suppressed === undefined)
  const shown = options.quiet ? open.filter(({ severity }) => severity === 'error') : open
  const tooMany = tooManyWarnings(result, options.maxWarnings ?? null)
  const isSilent = options.quiet || (options.silentIfClean === true && result.counts.orphans === 0)
  const notices = options.quiet ? [] : (result.notices ?? [])
  if (isSilent && shown.length === 0 && result.problems.length === 0 && !tooMany) {
    return notices.map((notice) => `${printable(notice)}\n`).join('')
  }
  const width = options.width === null ? null : Math.min(options.width, WIDEST)
  // Only what was run is worth a picture each time.
  const timelines = options.quiet || !result.ranOn?.length ? [] : (result.timelines?.() ?? [])
  const waysBack = options.quiet ? [] : (result.waysBack ?? [])
  const own = (args: string): string => ownCommand(options.cwd, args)
  const isGrouped = options.isWholeHistory === true
  const helps = new Helps()
  const blocks = [
    ...timelines.map((timeline) => timelineLines(timeline, options.width, paint)),
    ...(isGrouped
      ? groupedBlocks(shown, result, { ...options, width }, paint)
      : byFile(shown).flatMap(([file, findings]) =>
          fileBlocks(file, findings, result, options, helps),
        )),
    ...waysBack.map((back) => wayBackLines(back, width, paint)).filter((lines) => lines.length > 0),
    ...result.problems.map((problem) => problemLines(problem, options, width, paint)),
  ]
  if (isGrouped && shown.length > 0) blocks.push(ruleTable(shown))
  const verdict = verdictLine(result, paint)
  const end = verdict === null ? [] : [verdict]
  if (tooMany) end.push(tooMany)
  if (!options.quiet) {
    // Whoever commits knows what there is.
    const found = options.silentIfClean === true ? [] : foundLines(result)
    const advice = options.silentIfClean === true ? [] : adviceLines(result, isGrouped, own)
    for (const line of [...found, ...coverageLines(result, own), ...notices, ...advice]) {
      end.push(...wrap(line, '', width))
    }
    const worst = shown.find(({ severity }) => severity === 'error') ?? shown[0]
    if (worst) end.push(paint('dim', `More about a rule: ${own(`explain ${worst.rule}`)}`))
  }
  if (options.bypassHint) end.push(options.bypassHint)
  return inert(`${[...blocks, end].map((lines) => lines.join('\n')).join('\n\n')}\n`)
}

function tooManyWarnings(result: CheckResult, maxWarnings: number | null): string | null {
  const { warnings } = tally(result.findings)
  if (maxWarnings === null || warnings <= maxWarnings) return null
  return `Too many warnings: ${warnings}; --max-warnings allows ${maxWarnings}.`
}

/** Findings of each file together, files in the order they come, the worst of a file first. */
function byFile(findings: readonly Finding[]): [string, Finding[]][] {
  const files = new Map<string, Finding[]>()
  for (const finding of findings) {
    const others = files.get(finding.file)
    if (others) others.push(finding)
    else files.set(finding.file, [finding])
  }
  const rank = ({ severity }: Finding) => (severity === 'error' ? 0 : 1)
  for (const some of files.values()) some.sort((a, b) => rank(a) - rank(b))
  return [...files]
}

function fileBlocks(
  file: string,
  findings: readonly Finding[],
  result: CheckResult,
  options: PrettyOptions,
  helps: Helps,
): string[][] {
  const paint = painter(options.color)
  const content = result.text(file)
  const text = content && withoutPasswordsInPlace(content)
  const lines = text === undefined ? null : new Lines(text)
  const path = printable(shownPath(file, options))
  const width = options.width === null ? null : Math.min(options.width, WIDEST)
  const codeWidth = codeWidthOf(options)
  return findings.map((finding) => {
    const { range } = finding
    const block = [paint(['bold', 'underline'], placeName(path, range && lines, range))]
    block.push(`  ${headline(finding, paint)}`)
    block.push(...wrap(finding.message, '  ', width))
    if (range && lines && text !== undefined) {
      const frame = codeFrame(text, lines, range, codeWidth, paint)
      block.push(...frame.map((line) => `    ${line}`))
    }
    for (const place of finding.also ?? []) block.push(...alsoLines(place, result, options, paint))
    const remedy = helps.of(finding)
    const help = remedy === '' ? [] : wrap(remedy, '  help: ', width)
    block.push(...help.map((line) => line.replace(/^ {2}help:/, `  ${paint('cyan', 'help:')}`)))
    return block
  })
}

/** Another place that a finding is about. */
function alsoLines(
  { file, range }: NonNullable<Finding['also']>[number],
  result: CheckResult,
  options: PrettyOptions,
  paint: Paint,
): string[] {
  const content = result.text(file)
  const path = printable(shownPath(file, options))
  if (range === null || content === undefined) return [`  and ${path}`]
  const text = withoutPasswordsInPlace(content)
  const lines = new Lines(text)
  const frame = codeFrame(text, lines, range, codeWidthOf(options), paint)
  return [`  and ${placeName(path, lines, range)}`, ...frame.map((line) => `    ${line}`)]
}

function codeWidthOf({ width }: PrettyOptions): number {
  return Math.max(40, (width ?? CODE_WIDTH + GUTTER) - GUTTER)
}

function placeName(path: string, lines: Lines | null, range: Finding['range']): string {
  if (lines === null || range === null) return path
  const { line, column } = lines.position(range.start)
  return `${path}:${line}:${column}`
}

function headline({ severity, rule, object, measured }: Finding, paint: Paint): string {
  const label =
    severity === 'error' ? paint(['bold', 'red'], 'error') : paint(['bold', 'yellow'], 'warning')
  const parts = [label, paint('bold', rule)]
  if (object !== null) parts.push(printable(object))
  if (measured) parts.push(paint('dim', '(measured)'))
  return parts.join('  ')
}
