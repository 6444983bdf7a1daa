import type { Token } from '../ddl/lexer.ts'
import type { Script } from '../ddl/readChunk.ts'
import { MYSQL_LEXIS } from './lexis.ts'
import { MYSQL_NAMES } from './reserved.ts'
import { readStatement } from './statements/readStatement.ts'
import type { Statement } from './statements/statement.ts'

/** How MySQL's text is taken apart. */
export const MYSQL_SCRIPT: Script<Statement> = {
  lexis: MYSQL_LEXIS,
  names: MYSQL_NAMES,
  statement: readStatement,
  isInBody: isInProgram,
}

/**
 * What stands between two breakpoints is one statement to the server, so that a trigger or procedure
 * whose body is a block goes on to its end.
 */
function isInProgram(tokens: readonly Token[], from: number, at: number): boolean {
  if (tokens[from]?.value !== 'CREATE') return false
  const words = tokens.slice(from, at).map(({ kind, value }) => (kind === 'word' ? value : ''))
  const head = words.slice(0, 12)
  const isProgram = ['TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT'].some((word) =>
    head.includes(word),
  )
  if (!isProgram || !words.includes('BEGIN')) return false
  // The last END of the chunk closes the block.
  return tokens.slice(at + 1).some(({ kind }) => kind !== 'symbol' && kind !== 'end')
}
