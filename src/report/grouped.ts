import type { CheckResult } from '../check/result.ts'
import type { Finding } from '../finding/finding.ts'
import { linesOf } from './linesOf.ts'
import type { Paint } from './paint.ts'
import type { Places } from '../finding/places.ts'
import { shownPath } from './path.ts'
import { printable } from './printable.ts'
import { count } from './summary.ts'
import { displayWidth } from './width.ts'
import { wrap } from './wrap.ts'

/** Objects of one message beyond these are only counted. */
const MOST_OBJECTS = 6
const MOST_PLACES = 2
const WIDEST_OBJECT = 44

export interface GroupedOptions extends Places {
  /** Columns of prose; null: lines are not broken. */
  readonly width: number | null
}

/**
 * Many findings, for people: each rule once, what it says once for all objects that it says the same of,
 * with their places, and below those that ask for the same what to do.
 *
 * @param findings - open ones
 * @returns blocks of lines, errors first
 */
export function groupedBlocks(
  findings: readonly Finding[],
  result: CheckResult,
  options: GroupedOptions,
  paint: Paint,
): string[][] {
  const lines = linesOf(result)
  const placeOf = ({ file, range }: Finding): string => {
    const path = printable(shownPath(file, options))
    const position = range && lines(file)?.position(range.start)
    return position ? `${path}:${position.line}:${position.column}` : path
  }
  const shapeOf = shapes(findings)
  const groups = groupedBy(findings, ({ severity, rule }) => `${severity} ${rule}`)
  const rank = ([{ severity } = findings[0]!]: readonly Finding[]) => (severity === 'error' ? 0 : 1)
  groups.sort((a, b) => rank(a) - rank(b) || b.length - a.length)
  return groups.map((all) => {
    const { severity, rule } = all[0]!
    const label =
      severity === 'error' ? paint(['bold', 'red'], 'error') : paint(['bold', 'yellow'], 'warning')
    const more = all.length > 1 ? `  ${count(all.length, 'finding')}` : ''
    return [
      `${label}  ${paint('bold', rule)}${more}`,
      ...groupedBy(all, ({ help }) => shapeOf(help)).flatMap((alike) => [
        ...groupedBy(alike, ({ message }) => shapeOf(message)).flatMap((same) => [
          ...wrap(same[0]!.message.split('\n', 1)[0]!, '  ', options.width),
          ...objectLines(same, placeOf),
        ]),
        ...helpLines(alike[0]!.help, options.width, paint),
      ]),
    ]
  })
}

function helpLines(help: string, width: number | null, paint: Paint): string[] {
  if (help === '') return []
  return wrap(help, '  help: ', width).map((line) =>
    line.replace(/^ {2}help:/, `  ${paint('cyan', 'help:')}`),
  )
}

/** How many findings of each rule there are, the worst first. */
export function ruleTable(findings: readonly Finding[]): string[] {
  const rows = groupedBy(findings, ({ rule }) => rule).map((all) => {
    const errors = all.filter(({ severity }) => severity === 'error').length
    return { rule: all[0]!.rule, errors, warnings: all.length - errors }
  })
  rows.sort((a, b) => b.errors - a.errors || b.warnings - a.warnings)
  const width = Math.max(...rows.map(({ rule }) => rule.length))
  const shown = (n: number) => (n === 0 ? '-' : String(n))
  const line = (rule: string, errors: string, warnings: string) =>
    `${rule.padEnd(width)}  ${errors.padStart(6)}  ${warnings.padStart(8)}`
  return [
    line('rule', 'errors', 'warnings'),
    ...rows.map(({ rule, errors, warnings }) => line(rule, shown(errors), shown(warnings))),
  ]
}

function groupedBy(findings: readonly Finding[], keyOf: (finding: Finding) => string): Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = keyOf(finding)
    const others = groups.get(key)
    if (others) others.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups.values()]
}

/**
 * What tells texts apart that differ by more than names and numbers: told of many objects, a text has
 * one shape.
 *
 * @param findings - whose objects are the names
 */
function shapes(findings: readonly Finding[]): (text: string) => string {
  const names = new Set(findings.flatMap(({ object }) => object?.split('.') ?? []))
  const isName = (word: string): boolean => names.has(word) || /[_.\d]\S/.test(word)
  return (text) =>
    text
      .split('\n', 1)[0]!
      .replace(/"[^"]*"|`[^`]*`|\([^)]*\)/g, '…')
      .replace(/[\w$.]+/g, (word) => (word.split('.').some(isName) || isName(word) ? '…' : word))
      .replace(/…(?:(?:, | and )…)+/g, '…')
}

/** Every object of one message with its places; one object alone is in the message. */
function objectLines(same: readonly Finding[], placeOf: (finding: Finding) => string): string[] {
  const objects = groupedBy(same, ({ object, migration }) => object ?? migration ?? '')
  const places = (all: readonly Finding[]): string => {
    const shown = all.slice(0, MOST_PLACES).map(placeOf).join(', ')
    return all.length > MOST_PLACES ? `${shown} and ${all.length - MOST_PLACES} more` : shown
  }
  if (objects.length === 1) return [`    ${places(objects[0]!)}`]
  const shown = objects.slice(0, MOST_OBJECTS)
  const names = shown.map(([{ object, migration } = same[0]!]) =>
    printable(object ?? migration ?? ''),
  )
  const width = Math.min(WIDEST_OBJECT, Math.max(...names.map(displayWidth)))
  const rest = objects.length - shown.length
  return [
    ...shown.map((all, i) => {
      const pad = ' '.repeat(Math.max(0, width - displayWidth(names[i]!)))
      return `    ${names[i]}${pad}  ${places(all)}`
    }),
    ...(rest > 0 ? [`    and ${rest} more`] : []),
  ]
}
