import type { Client, Dialect } from '../dialect.ts'
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
  transactions: { ddl: 'transactional', migrator: () => 'deployment' },
  singleStatement: {
    drivers: [],
    packages: ['better-sqlite3', '@libsql/client'],
    failOnEmpty: true,
  },
  emptyMigration: 'PRAGMA defer_foreign_keys = OFF;',
  clients: [
    // drizzle-kit takes @libsql/client first where both are installed.
    client('libsql', ['@libsql/client', '@libsql/client-wasm'], true),
    client('better-sqlite3', ['better-sqlite3'], true),
    { ...client('d1', [], false), wrangler: 'd1_databases' },
    { ...client('expo', ['expo-sqlite'], false), migrator: 'expo-sqlite', onDevices: true },
    { ...client('op-sqlite', ['@op-engineering/op-sqlite'], false), onDevices: true },
    { ...client('sql-js', ['sql.js'], false), migrator: 'sql-js' },
    client('tursodatabase', ['@tursodatabase/database'], false),
    client('sqlite-cloud', ['@sqlitecloud/drivers'], false),
    { ...client('durable-sqlite', [], false), onDevices: true },
    client('bun-sqlite', [], false),
    client('node-sqlite', [], false),
  ],
  words: { server: 'SQLite', lock: (mode) => mode },
  snapshotVersions: { journal: 6, candidates: null, folders: 7 },
  significantText: standardText,
  sql: { load: async () => (await import('./engine.ts')).createEngine('sqlite') },
}

/** libSQL, for which drizzle-kit writes a few statements that SQLite does not know. */
export const turso: Dialect = {
  ...sqlite,
  name: 'turso',
  drivers: [],
  clients: sqlite.clients.filter(({ name }) => name === 'libsql' || name === 'tursodatabase'),
  words: { ...sqlite.words, server: 'libSQL' },
  sql: { load: async () => (await import('./engine.ts')).createEngine('turso') },
}

function client(name: string, packages: readonly string[], kit: boolean): Client {
  return { name, packages, migrator: name, kit }
}
