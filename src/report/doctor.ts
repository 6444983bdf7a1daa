import type { Paint, Style } from './paint.ts'
import { inert, printable, printableJson } from './printable.ts'
import { count } from './summary.ts'

interface Diagnosis {
  readonly check: string
  readonly state: 'fine' | 'advice' | 'broken'
  readonly message: string
  readonly fix: string
}

const MARKS: Readonly<Record<Diagnosis['state'], readonly [Style, string]>> = {
  fine: ['green', 'ok    '],
  advice: ['yellow', 'advice'],
  broken: ['red', 'BROKEN'],
}

/** What protects a repository and what does not, each with what repairs it. */
export function doctorText(diagnoses: readonly Diagnosis[], paint: Paint): string {
  const lines = diagnoses.flatMap(({ check, state, message, fix }) => {
    const [style, mark] = MARKS[state]
    return [
      `${paint(style, mark)}  ${paint('bold', check)}: ${printable(message)}`,
      ...(fix === '' ? [] : [`        fix: ${printable(fix)}`]),
    ]
  })
  const worst = diagnoses.filter(({ state }) => state === 'broken').length
  const end =
    worst === 0
      ? 'This repository is protected.'
      : `${count(worst, 'check')} failed. Fix them from the top.`
  return inert(`${lines.join('\n')}\n\n${end}\n`)
}

/** The same for machines. */
export function doctorJson(diagnoses: readonly Diagnosis[]): string {
  return `${printableJson({ version: 1, checks: diagnoses })}\n`
}
