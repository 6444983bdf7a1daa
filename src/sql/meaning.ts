/**
 * What of a migration's text reaches the database, for comparing two versions of it: comments,
 * directives, statement breakpoints, line ends, byte order mark and the layout of white space are
 * not part of it; strings and quoted names are, to the letter.
 *
 * @param text - the whole file
 * @param backslash - whether a backslash escapes in strings, as in MySQL
 */
export function meaningOf(text: string, backslash: boolean): string {
  const pieces: string[] = []
  let at = 0
  const code = (end: number) => pieces.push(text.slice(at, end).replace(/\s+/g, ' '))
  for (const match of text.matchAll(backslash ? MYSQL : STANDARD)) {
    const [token] = match
    code(match.index)
    // An executable comment of MySQL is code.
    pieces.push(isComment(token) ? ' ' : token.replaceAll('\r\n', '\n'))
    at = match.index + token.length
  }
  code(text.length)
  return pieces
    .join('')
    .replace(/^\uFEFF/, '')
    .replace(/ +/g, ' ')
    .replace(/ ?([(),;]) ?/g, '$1')
    .replace(/[; ]+$/, '')
    .trim()
}

function isComment(token: string): boolean {
  return token.startsWith('--') || token.startsWith('#') || /^\/\*(?!!)/.test(token)
}

const STANDARD =
  /[eE]'(?:[^'\\]|''|\\[^])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|(\$(?:[A-Za-z_]\w*)?\$)[^]*?\1|--[^\n]*|\/\*[^]*?\*\//g

const MYSQL =
  /'(?:[^'\\]|''|\\[^])*'|"(?:[^"\\]|""|\\[^])*"|`[^`]*`|--(?=\s|$|>)[^\n]*|#[^\n]*|\/\*[^]*?\*\//g
