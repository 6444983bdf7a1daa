/**
 * What of a migration's text reaches a database that knows no backslash in strings: comments,
 * directives, statement breakpoints, line ends, byte order mark and the layout of white space do
 * not; strings and quoted names do, to the letter.
 *
 * @param text - the whole file
 */
export function standardText(text: string): string {
  return significantText(text, STANDARD)
}

/** The same where a backslash escapes in strings, as in MySQL. */
export function backslashText(text: string): string {
  return significantText(text, MYSQL)
}

function significantText(text: string, tokens: RegExp): string {
  const kept: string[] = []
  const code = text
    .replace(tokens, (token) => {
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
