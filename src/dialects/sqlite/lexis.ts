import type { Lexis } from '../ddl/lexer.ts'

/**
 * SQLite's tokens (src/tokenize.c): a byte order mark is white space, block comments do not nest and
 * may stay open at the end, `$` may stand within a name, digits may be grouped with `_`.
 */
export const SQLITE_LEXIS: Lexis = {
  pattern: new RegExp(
    [
      String.raw`(?<space>[ \t\n\f\r\uFEFF]+)`,
      String.raw`(?<comment>--[^\n]*|\/\*[^]*?(?:\*\/|$(?![^])))`,
      String.raw`(?<blob>[xX]'(?:[0-9a-fA-F]{2})*')`,
      String.raw`(?<word>(?![xX]')[A-Za-z_\x80-\uFFFF][A-Za-z0-9_$\x80-\uFFFF]*)`,
      String.raw`(?<string>'(?:[^']|'')*')`,
      String.raw`(?<name>"(?:[^"]|"")*"|${'`'}(?:[^${'`'}]|${'`'}${'`'})*${'`'}|\[[^\]]*\])`,
      String.raw`(?<number>(?:0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)(?![A-Za-z0-9_$\x80-\uFFFF]))`,
      String.raw`(?<parameter>\?\d*|[:@$#][A-Za-z0-9_$\x80-\uFFFF]+)`,
      String.raw`(?<symbol>->>|->|\|\||<>|<=|<<|>=|>>|==|!=|[-();+*/%=<>|,&~.])`,
    ].join('|'),
    'y',
  ),
  unquote(text) {
    const quote = text.charAt(0)
    const inside = text.slice(1, -1)
    return quote === '[' ? inside : inside.replaceAll(quote + quote, quote)
  },
}
