import type { Dialect } from '../dialect.ts'
import { standardText } from '../significantText.ts'

/** Gel, which brings its own migrations: Drizzle only pulls its schema. */
export const gel: Dialect = {
  name: 'gel',
  aliases: [],
  drivers: [],
  base: 'gel',
  transactions: { ddl: 'transactional', migrator: () => 'none' },
  singleStatement: { drivers: [], packages: [], failOnEmpty: false },
  emptyMigration: 'SELECT 1;',
  clients: [],
  words: { server: 'Gel', lock: (mode) => mode },
  snapshotVersions: { journal: null, candidates: null, folders: null },
  significantText: standardText,
  sql: null,
}
