import type { TraceClient } from './client.ts'
import { attempt, quoteLiteral } from './client.ts'
import type { SeedColumn, SeedType } from './seedCatalog.ts'

/** More than this many values per column only make the search for a fitting row longer. */
const LIMIT = 24

const STRING = /'((?:[^']|'')*)'/g
const NUMBER = /\d+(?:\.\d+)?/g

/**
 * Values to try for a column that conditions restrict, as SQL over the row's number `seed.g`: what
 * the literals of the conditions suggest, and neighbours of the usual value.
 *
 * @param usual the value as `seedValue` makes it
 */
export async function seedCandidates(
  client: TraceClient,
  column: SeedColumn,
  type: SeedType | undefined,
  usual: string,
  conditions: readonly string[],
): Promise<string[]> {
  // A domain would raise what the conditions are to filter.
  const cast = !type || type.kind === 'd' ? '' : `::${type.sql}`
  const candidates = [usual, ...neighbours(usual, type)]
  for (const suggestion of new Set(conditions.flatMap((text) => suggestions(text, type)))) {
    if (candidates.length >= LIMIT) break
    const value = `(${suggestion})${cast}`
    // A literal may belong to another column of the condition and be no value of this type.
    const refused = await attempt(client, `select ${value} from (select 1) as seed(g)`)
    if (!refused) candidates.push(value)
  }
  return column.notNull ? candidates : [...candidates, `null${cast}`]
}

function neighbours(usual: string, type: SeedType | undefined): string[] {
  if (type?.category === 'N') return [`${usual} + 1`, `${usual} - 1`]
  if (type?.category !== 'D' || type.kind === 'd') return []
  return ['+', '-'].map((sign) => `(${usual} ${sign} interval '1 day')::${type.sql}`)
}

function suggestions(condition: string, type: SeedType | undefined): string[] {
  const strings = [...condition.matchAll(STRING)].map(([, text = '']) => text.replaceAll("''", "'"))
  const numbers = condition.replaceAll(STRING, '').match(NUMBER) ?? []
  switch (type?.category) {
    case 'N':
      return [...numbers, ...strings.filter((text) => /^-?\d+(\.\d+)?$/.test(text))].flatMap(
        (number) => [number, `${number} + seed.g`, `${number} - 1`, `${number} - seed.g`],
      )
    case 'S':
      return [
        likeAll(strings),
        ...strings.flatMap(likeText),
        ...numbers.map((length) => `rpad(seed.g::text, ${length}, '0')`),
      ]
    case 'D':
      return strings.flatMap((text) => {
        const literal = `${quoteLiteral(text)}::${type.sql}`
        return [`${literal} + seed.g * interval '1 minute'`, `${literal} - interval '1 day'`]
      })
    default:
      return [...strings.map(quoteLiteral), "'{}'", "'[]'"]
  }
}

/** A text that contains them all in turn: patterns come in company (`'%@%'` and `'%.org'`). */
function likeAll(texts: readonly string[]): string {
  return ["''", ...texts.map(plain)].join(' || seed.g || ')
}

/** Texts that equal, begin with, end with or contain a literal or the plain part of a pattern. */
function likeText(text: string): string[] {
  const part = plain(text)
  const ends = [`${part} || seed.g`, `seed.g || ${part}`]
  return [quoteLiteral(text), ...ends, `seed.g || ${part} || seed.g`]
}

/** A pattern without what makes it one, as SQL. */
function plain(text: string): string {
  return quoteLiteral(text.replaceAll(/[%^$\\]/g, ''))
}
