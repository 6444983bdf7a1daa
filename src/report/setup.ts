import type { Paint } from './paint.ts'
import { inert, printable } from './printable.ts'
import { wrap } from './wrap.ts'

/** A file that is to be written; of a deleted one all lines are removed. */
export interface PlannedFile {
  readonly path: string
  readonly what: readonly string[]
  readonly diff: readonly { readonly kind: 'added' | 'removed'; readonly text: string }[]
}

/** What setting a repository up, or undoing it, is going to do. */
export interface PlanReport {
  readonly title: string
  /** What was found, one line each. */
  readonly found: readonly string[]
  readonly files: readonly PlannedFile[]
  readonly commands: readonly { readonly what: string; readonly command: string }[]
}

/** Something that is left to the user. */
export interface LeftoverReport {
  readonly message: string
  readonly help: string
}

/** Longer additions are cut: a workflow is a screenful. */
const MOST_LINES = 60

/** The plan, with every line that is added or removed. */
export function planText({ title, found, files, commands }: PlanReport, paint: Paint): string {
  const lines = [paint('bold', title), ...found.map((line) => `  ${printable(line)}`)]
  for (const { path, what, diff } of files) {
    lines.push('', `${paint('bold', printable(path))}  ${paint('dim', what.join(', '))}`)
    for (const { kind, text } of diff.slice(0, MOST_LINES)) {
      const line = `  ${kind === 'added' ? '+' : '-'} ${printable(text)}`.trimEnd()
      lines.push(paint(kind === 'added' ? 'green' : 'red', line))
    }
    if (diff.length > MOST_LINES) lines.push(`  … ${diff.length - MOST_LINES} more lines`)
  }
  if (commands.length > 0) lines.push('')
  for (const { command, what } of commands)
    lines.push(`${paint('bold', printable(command))}  ${paint('dim', what)}`)
  return inert(`${lines.join('\n')}\n`)
}

/** What is left to the user, each with what to do. */
export function leftoverText(leftovers: readonly LeftoverReport[], paint: Paint): string {
  const texts = leftovers.map(({ message, help }) => {
    const lines = [`${paint(['bold', 'yellow'], 'left to you:')} ${printable(message)}`]
    if (help !== '')
      lines.push(...help.split('\n').flatMap((line) => wrap(printable(line), '  ', null)))
    return `${lines.join('\n')}\n`
  })
  return inert(texts.join(''))
}
