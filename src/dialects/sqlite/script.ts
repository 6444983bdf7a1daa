import type { Script } from '../ddl/readChunk.ts'
import type { Token } from '../ddl/lexer.ts'
import { SQLITE_LEXIS } from './lexis.ts'
import { SQLITE_NAMES } from './reserved.ts'
import { readStatement } from './statements/readStatement.ts'
import type { Statement } from './statements/statement.ts'

/** How SQLite's text is taken apart. */
export const SQLITE_SCRIPT: Script<Statement> = {
  lexis: SQLITE_LEXIS,
  names: SQLITE_NAMES,
  statement: readStatement,
  isInBody: isInTrigger,
}

/** As `sqlite3_complete` has it: a trigger ends with `; END`. */
function isInTrigger(tokens: readonly Token[], from: number, at: number): boolean {
  const word = (position: number) => {
    const token = tokens[position]
    return token?.kind === 'word' ? token.value : ''
  }
  let head = from
  if (word(head) === 'EXPLAIN') head += word(head + 1) === 'QUERY' ? 3 : 1
  if (word(head) !== 'CREATE') return false
  const isTemporary = /^TEMP(?:ORARY)?$/.test(word(head + 1))
  if (word(head + (isTemporary ? 2 : 1)) !== 'TRIGGER') return false
  const before = tokens[at - 2]
  return !(word(at - 1) === 'END' && before?.kind === 'symbol' && before.text === ';')
}
