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
    .trim()
  return [withoutEnd(code), ...kept].join(KEPT)
}

/** Without the semicolons and spaces at the end. */
function withoutEnd(code: string): string {
  let end = code.length
  while (end > 0 && (code[end - 1] === ';' || code[end - 1] === ' ')) end--
  return code.slice(0, end)
}

/** Stands for a string or a quoted name while the rest is tidied. */
const KEPT = '\0'

/** An executable comment of MySQL is code; so is one without an end, which no server takes. */
function isComment(token: string): boolean {
  return token.startsWith('--') || token.startsWith('#') || /^\/\*(?!!)[^]*\*\/$/.test(token)
}

// What has no end goes on to the end of the text: to look for it from every beginning would
// take as many times as long as there are beginnings.

const STANDARD =
  /[eE]'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*(?:'|$)|'[^']*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|(\$(?:[A-Za-z_]\w*)?\$)[^]*?(?:\1|$)|--[^\n]*|\/\*[^]*?(?:\*\/|$)/g

const MYSQL =
  /'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*(?:'|$)|"[^"\\]*(?:(?:""|\\[^])[^"\\]*)*(?:"|$)|`[^`]*(?:`|$)|--(?=\s|$|>)[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)/g
