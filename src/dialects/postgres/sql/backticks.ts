import type { Parser } from './parser.ts'

/**
 * Whether SQL quotes names with backticks, as MySQL and SQLite take them and drizzle-kit writes them
 * there. In PostgreSQL a backtick means nothing outside of strings and comments.
 */
export function hasBackticks(parser: Parser, text: string): boolean {
  if (!text.includes('`')) return false
  try {
    return parser.scan(text).some((token) => token.text === '`')
  } catch {
    return false
  }
}
