import type { Lexis } from '../ddl/lexer.ts'

const LETTER = String.raw`A-Za-z0-9_$\x80-\uFFFF`

/**
 * MySQL's tokens ("Lexical structure" of its manual, sql/sql_lex.cc): `--` starts a comment only before
 * white space, `#` always does. What an executable comment holds (`/*!50003 … *\/`, MariaDB's `/*M!`) is
 * read as if it stood outside: its marks are white space. Names may begin with digits; strings stand in
 * either quotes, and a backslash escapes in them.
 */
export const MYSQL_LEXIS: Lexis = {
  pattern: new RegExp(
    [
      String.raw`(?<space>[\s\uFEFF\x00]+|\/\*M?!\d{0,6}|\*\/)`,
      String.raw`(?<comment>--(?=[\s\x00-\x1F]|$(?![^])|>)[^\n]*|#[^\n]*|\/\*(?!M?!)[^]*?\*\/)`,
      String.raw`(?<blob>[xX]'(?:[0-9a-fA-F]{2})*'|[bB]'[01]*'|0x[0-9a-fA-F]+(?![${LETTER}])|0b[01]+(?![${LETTER}]))`,
      String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+(?![${LETTER}])|\d+\.\d*|\.\d+|\d+(?![${LETTER}]))`,
      String.raw`(?<string>[nN]?'(?:[^'\\]|''|\\[^])*'|"(?:[^"\\]|""|\\[^])*")`,
      String.raw`(?<word>[${LETTER}]+)`,
      String.raw`(?<name>${'`'}(?:[^${'`'}]|${'`'}${'`'})+${'`'})`,
      String.raw`(?<parameter>\?|@@?(?:[${LETTER}.]+|${'`'}[^${'`'}]+${'`'}|'[^']*'|"[^"]*"))`,
      String.raw`(?<symbol>->>|->|<=>|<<|>>|<=|>=|<>|!=|:=|\|\||&&|[-();+*/%=<>|,&~^!.@])`,
    ].join('|'),
    'y',
  ),
  unquote(text) {
    if (text.startsWith('`')) return text.slice(1, -1).replaceAll('``', '`')
    const quoted = /^[nN]/.test(text) ? text.slice(1) : text
    const quote = quoted.charAt(0)
    return unescaped(quoted.slice(1, -1).replaceAll(quote + quote, quote))
  },
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1A',
}

/** `\%` and `\_` keep their backslash: they are LIKE's. */
function unescaped(text: string): string {
  return text.replace(/\\([^])/g, (whole, letter: string) =>
    letter === '%' || letter === '_' ? whole : (ESCAPES[letter] ?? letter),
  )
}
