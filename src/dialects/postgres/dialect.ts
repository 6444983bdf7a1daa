import { LONGEST_NAME, clip } from '../../catalog/clip.ts'
import { DEFAULT_SCHEMA } from '../../catalog/names.ts'
import type { Dialect } from '../dialect.ts'
import { standardText } from '../significantText.ts'

/** PostgreSQL 12 to 18. */
export const postgresql: Dialect = {
  name: 'postgresql',
  // Written by drizzle-kit before 0.21 and, as `postgres`, by 1.0's snapshots.
  aliases: ['pg', 'postgres'],
  drivers: ['pg', 'aws-data-api', 'pglite'],
  base: 'postgresql',
  defaultSchema: DEFAULT_SCHEMA,
  identifiers: {
    longest: { count: LONGEST_NAME, unit: 'bytes' },
    stored: (name) => clip(name, LONGEST_NAME),
    same: (a, b) => clip(a, LONGEST_NAME) === clip(b, LONGEST_NAME),
  },
  transactions: { ddl: 'transactional', migrator: () => 'deployment' },
  singleStatement: { drivers: ['pglite'], packages: [], failOnEmpty: false },
  emptyMigration: 'SELECT 1;',
  clients: [],
  words: {
    server: 'PostgreSQL',
    lock: (mode) => mode.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase(),
  },
  significantText: standardText,
  sql: { load: async () => (await import('./load.ts')).loadEngine() },
}
