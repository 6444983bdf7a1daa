/**
 * What of a migration's text reaches the database, for comparing two versions of it: comments,
 * directives, statement breakpoints, line ends, byte order mark and the layout of white space are
 * not part of it; strings and quoted names are, to the letter.
 *
 * @param text - the whole file
 * @param backslash - whether a backslash escapes in strings, as in MySQL
 */
export function meaningOf(text: string, backslash: boolean): string {
  const kept: string[] = []
  const code = text
    .replace(backslash ? MYSQL : STANDARD, (token) => {
      if (isComment(token)) return ' '
      kept.push(token.replaceAll('\r\n', '\n'))
      return KEPT
    })
    .replace(/[\s\uFEFF]+/g, ' ')
    .replace(/ ?([(),;]) ?/g, '$1')
    .replace(/[; ]+$/, '')
    .trim()
  return [code, ...kept].join(KEPT)
}

/** Stands for a string or a quoted name while the rest is tidied. */
const KEPT = '\0'

/** An executable comment of MySQL is code. */
function isComment(token: string): boolean {
  return token.startsWith('--') || token.startsWith('#') || /^\/\*(?!!)/.test(token)
}

const STANDARD =
  /[eE]'(?:[^'\\]|''|\\[^])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|(\$(?:[A-Za-z_]\w*)?\$)[^]*?\1|--[^\n]*|\/\*[^]*?\*\//g

const MYSQL =
  /'(?:[^'\\]|''|\\[^])*'|"(?:[^"\\]|""|\\[^])*"|`[^`]*`|--(?=\s|$|>)[^\n]*|#[^\n]*|\/\*[^]*?\*\//g
