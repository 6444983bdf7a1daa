import type { BackStatement, WayBack } from '../check/verification/back/wayBack.ts'
import { listed } from '../finding/listed.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'
import { wrap } from './wrap.ts'

/** Beyond these a list is counted: the report has all of it. */
const MOST_STATEMENTS = 12
const MOST_WORDS = 6

/** What came of taking a deployment back, in sentences; the statements apart. */
export interface WayBackWords {
  /** Whether the schema is where it was. */
  readonly verdict: string
  readonly isBack: boolean
  readonly notes: readonly string[]
}

/** What came of taking a deployment back, in words. */
export function wayBackWords(back: WayBack): WayBackWords {
  const { files, statements, apart, lost, byHand, caveats } = back
  const refused = statements.filter(({ error }) => error !== null).length
  const isBack = apart.length === 0
  const outcome = isBack ? 'the schema is where it was' : 'the schema is not where it was'
  const done =
    files.length > 0
      ? `${listed(files)} ${files.length === 1 ? 'was' : 'were'} run after it, and ${outcome}`
      : statements.length > 0
        ? `these statements were run after it, and ${outcome}`
        : isBack
          ? 'no statement is needed, the schema is where it was'
          : 'there are no statements for it'
  const failed = refused === 0 ? '' : `; ${refused} of ${statements.length} failed`
  return {
    verdict: `Way back: ${done}${failed}.`,
    isBack: isBack && refused === 0,
    notes: [
      ...some('Not as it was: ', apart),
      ...some('Lost: ', lost),
      ...some('To be written by hand: ', byHand),
      ...some('But: ', caveats),
    ],
  }
}

function some(title: string, words: readonly string[]): readonly string[] {
  if (words.length === 0) return []
  const more = words.length - MOST_WORDS
  const shown = words.slice(0, MOST_WORDS).join('; ')
  return [`${title}${shown}${more > 0 ? `; and ${more} more` : ''}.`]
}

/** A statement on one line, with what the server says of it. */
export function backStatement({ sql, error, fromServer }: BackStatement): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  const note = fromServer ? ' -- as the server had it' : ''
  return error === null ? `${line}${note}` : `${line} -- refused: ${error}`
}

/** What came of taking a deployment back, for a terminal. */
export function wayBackLines(back: WayBack, width: number | null, paint: Paint): string[] {
  const { verdict, isBack, notes } = wayBackWords(back)
  const { statements } = back
  if (statements.length === 0 && isBack && notes.length === 0) return []
  const more = statements.length - MOST_STATEMENTS
  return [
    ...wrap(printable(verdict), '', width).map((line) =>
      paint(isBack ? 'bold' : ['bold', 'yellow'], line),
    ),
    ...statements.slice(0, MOST_STATEMENTS).map((one) => {
      const line = `  ${printable(backStatement(one))}`
      return one.error === null ? line : paint('yellow', line)
    }),
    ...(more > 0 ? [paint('dim', `  … and ${more} more: --format report prints all of them`)] : []),
    ...notes.flatMap((note) => wrap(printable(note), '  ', width)),
  ]
}
