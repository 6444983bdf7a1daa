import { createRequire } from 'node:module'
import type { parseSync } from 'oxc-parser'
import { ProblemError } from '../finding/problem.ts'

/** Parses a module; it is loaded on the first use, since most runs need no parser. */
export type ParseModule = typeof parseSync

export async function loadModuleParser(): Promise<ParseModule> {
  return guarded((await import('oxc-parser')).parseSync)
}

/** The same for callers that cannot wait: ESLint lints a file synchronously. */
export function loadModuleParserSync(): ParseModule {
  return guarded(
    (createRequire(import.meta.url)('oxc-parser') as { readonly parseSync: ParseModule }).parseSync,
  )
}

/** Levels of nesting; by hand nobody gets to a tenth of it. The parser takes some ten thousand. */
const DEEPEST = 1_000

/** The parser is native code: where its stack ends, the process ends, without a word. */
function guarded(parse: ParseModule): ParseModule {
  return (file, text, options) => {
    if (isTooDeep(text)) {
      throw new ProblemError({
        message: `${file} is nested more than ${DEEPEST} levels deep, so it was not read`,
        file,
        help: 'Make it flatter, or keep it out of the drizzle config and the schema.',
      })
    }
    return parse(file, text, options)
  }
}

/** Opening brackets, type arguments and arrow functions are what the parser calls itself for. */
function isTooDeep(text: string): boolean {
  if (text.length < DEEPEST) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x28 || code === 0x5b || code === 0x7b) {
      if (++depth > DEEPEST) return true
    } else if (depth > 0 && (code === 0x29 || code === 0x5d || code === 0x7d)) depth--
  }
  return CHAINS.test(text)
}

const CHAINS = new RegExp(
  String.raw`(?:\w{1,64}\s{0,8}<\s{0,8}){${DEEPEST}}|(?:=>\s{0,8}\(?[\w, ]{0,64}\)?\s{0,8}){${DEEPEST}}`,
)
