import { createRequire } from 'node:module'
import type { parseSync } from 'oxc-parser'

/** Parses a module; it is loaded on the first use, since most runs need no parser. */
export type ParseModule = typeof parseSync

export async function loadModuleParser(): Promise<ParseModule> {
  return (await import('oxc-parser')).parseSync
}

/** The same for callers that cannot wait: ESLint lints a file synchronously. */
export function loadModuleParserSync(): ParseModule {
  return (createRequire(import.meta.url)('oxc-parser') as { readonly parseSync: ParseModule })
    .parseSync
}
