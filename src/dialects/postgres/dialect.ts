import type { Dialect } from '../dialect.ts'
import { standardText } from '../significantText.ts'

/** PostgreSQL 12 to 18. */
export const postgresql: Dialect = {
  name: 'postgresql',
  // Written by drizzle-kit before 0.21 and, as `postgres`, by 1.0's snapshots.
  aliases: ['pg', 'postgres'],
  drivers: ['pg', 'aws-data-api', 'pglite'],
  base: 'postgresql',
  transactions: { ddl: 'transactional', migrator: () => 'deployment' },
  singleStatement: { drivers: ['pglite'], packages: [], failOnEmpty: false },
  emptyMigration: 'SELECT 1;',
  clients: [],
  words: {
    server: 'PostgreSQL',
    lock: (mode) => mode.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase(),
  },
  snapshotVersions: { journal: 7, candidates: 8, folders: 9 },
  significantText: standardText,
  sql: { load: async (answers) => (await import('./load.ts')).loadEngine(answers) },
}
