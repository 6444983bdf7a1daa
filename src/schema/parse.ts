import type { Program } from 'estree'
import type { ParseModule } from '../static/parser.ts'

/**
 * Parses a schema file as the reader takes it.
 *
 * @param path - its extension says whether there may be JSX in it
 * @returns null for a text that does not parse
 */
export function parseSchemaFile(parse: ParseModule, path: string, text: string): Program | null {
  const lang = /\.[mc]?[jt]sx$/.test(path) ? 'tsx' : 'ts'
  const { program, errors } = parse(path, text, { lang, astType: 'ts', range: true })
  // oxc-parser's tree is ESTree with TypeScript; its own types of it are others.
  return errors.some(({ severity }) => severity === 'Error')
    ? null
    : (program as unknown as Program)
}
