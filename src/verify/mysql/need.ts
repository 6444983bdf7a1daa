import type { Blueprint, Original } from './copy.ts'

/**
 * The part of a database that statements can reach, for a copy of the rest only costs time: what they
 * name, what those views, routines and triggers name, the tables that refer to one of these (a change of
 * its key is refused there, and a deletion goes on to them), and all that the rows of these refer to.
 *
 * @returns all of it where a statement asks the server what there is
 */
export function neededFor(original: Original, statements: readonly string[]): Blueprint {
  const all = new Mentions(statements)
  if (all.has('information_schema')) return original
  // Who is only referred to is not changed.
  const changed = new Mentions(statements.map((sql) => sql.replace(REFERRED, ' ')))
  // Servers on macOS and Windows tell the same name in either case.
  const keys = original.keys.map(({ table, parent }) => [lower(table), lower(parent)] as const)
  const tables = new Set<string>()
  const others = new Set<string>()
  for (let before = -1; before < tables.size + others.size;) {
    before = tables.size + others.size
    for (const [name, sql] of original.tables) {
      const isNamed = changed.has(name) || constraintsOf(sql).some((one) => all.has(one))
      if (isNamed) tables.add(lower(name))
    }
    // What is added while going over a set is gone over, too.
    for (const name of tables) {
      for (const [child, parent] of keys) if (parent === name) tables.add(child)
    }
    for (const [key, sql] of original.others) {
      const isOn = tables.has(lower(original.triggered.get(key) ?? ''))
      if (others.has(key) || !(isOn || changed.has(key.slice(key.indexOf(' ') + 1)))) continue
      others.add(key)
      changed.add(sql)
    }
  }
  for (const name of original.tables.keys()) if (all.has(name)) tables.add(lower(name))
  for (const name of tables) {
    for (const [child, parent] of keys) if (child === name) tables.add(parent)
  }
  return {
    tables: new Map([...original.tables].filter(([name]) => tables.has(lower(name)))),
    others: new Map([...original.others].filter(([key]) => others.has(key))),
  }
}

function lower(name: string): string {
  return name.toLowerCase()
}

const REFERRED = /\breferences\s+(?:`(?:[^`]|``)+`|[\w$]+)/gi

/** Their names are a database's, not a table's; some the server makes of the table's name. */
function constraintsOf(sql: string): readonly string[] {
  return [...sql.matchAll(/^\s*constraint `((?:[^`]|``)+)`/gim)].flatMap(([, quoted = '']) => {
    const name = quoted.replaceAll('``', '`')
    return [name, name.replace(/_(?:ibfk|chk)_\d+$/, '')]
  })
}

const WORD = /[\p{L}\p{N}_$]+/gu

/** What SQL may name, wherever it stands, and in upper or lower case. */
class Mentions {
  private text = ''
  private readonly words = new Set<string>()

  constructor(statements: readonly string[]) {
    for (const sql of statements) this.add(sql)
  }

  add(sql: string): void {
    const text = lower(sql).replaceAll('``', '`')
    this.text += `${text}\n`
    for (const [word] of text.matchAll(WORD)) this.words.add(word)
  }

  has(name: string): boolean {
    const own = lower(name)
    return own.replace(WORD, '') === '' ? this.words.has(own) : this.text.includes(own)
  }
}
