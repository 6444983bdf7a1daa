import type { Dialect } from '../dialect.ts'
import { standardText } from '../significantText.ts'

/** SQLite with any of its drivers, D1 too. */
export const sqlite: Dialect = {
  name: 'sqlite',
  aliases: [],
  drivers: [
    'better-sqlite',
    'better-sqlite3',
    'libsql',
    'turso',
    'd1',
    'd1-http',
    'expo',
    'durable-sqlite',
    'sqlite-cloud',
  ],
  base: 'sqlite',
  defaultSchema: '',
  identifiers: {
    longest: null,
    stored: (name) => name,
    same: (a, b) => asciiLower(a) === asciiLower(b),
  },
  transactions: { ddl: 'transactional', migrator: () => 'deployment' },
  singleStatement: {
    drivers: [],
    packages: ['better-sqlite3', '@libsql/client'],
    failOnEmpty: true,
  },
  words: { server: 'SQLite', lock: (mode) => mode },
  significantText: standardText,
  sql: { load: async () => (await import('./engine.ts')).createEngine('sqlite') },
}

/** libSQL, for which drizzle-kit writes a few statements that SQLite does not know. */
export const turso: Dialect = {
  ...sqlite,
  name: 'turso',
  drivers: [],
  words: { ...sqlite.words, server: 'libSQL' },
  sql: { load: async () => (await import('./engine.ts')).createEngine('turso') },
}

/** SQLite takes only ASCII letters for the same in both cases. */
function asciiLower(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
