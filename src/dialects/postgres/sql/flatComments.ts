/** So many characters of operators in a row that comments opened among them cost too much. */
const LONG_RUN = /[~!@#^&|`?+\-*/%<>=]{256,}/

/** What hides a comment's beginning, up to its end or the end of the text, and that beginning. */
const TOKEN =
  /(?<![\w$])[eE]'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*(?:'|$)|'[^']*(?:'|$)|"[^"]*(?:"|$)|(?<![\w$])(\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$)[^]*?(?:\1|$)|--[^\n\r]*|\/\*/g

const EDGE = /\/\*|\*\//g

/**
 * The text with comments that are nested made flat: blanks stand for what opens and closes inside of
 * them, so that every place stays where it is. PostgreSQL's lexer reads all the operator characters
 * behind a comment's beginning, and then all but two of them again: 50,000 beginnings in a row would
 * take it a minute.
 *
 * @param sql - as the parser would get it
 */
export function withFlatComments(sql: string): string {
  if (!LONG_RUN.test(sql)) return sql
  const pieces: string[] = []
  let done = 0
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(sql); match !== null; match = TOKEN.exec(sql)) {
    if (match[0] !== '/*') continue
    const inside = TOKEN.lastIndex
    const end = endOfComment(sql, inside)
    pieces.push(sql.slice(done, inside), sql.slice(inside, end).replace(/[*/]/g, ' '))
    done = end
    TOKEN.lastIndex = end
  }
  return pieces.join('') + sql.slice(done)
}

/** Where the last of a comment's marks stands, or the text ends. */
function endOfComment(sql: string, inside: number): number {
  let depth = 1
  EDGE.lastIndex = inside
  for (let edge = EDGE.exec(sql); edge !== null; edge = EDGE.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1
    if (depth === 0) return edge.index
  }
  return sql.length
}
