import type { Dialect } from '../dialect.ts'
import { standardText } from '../significantText.ts'

/** CockroachDB, from drizzle-kit 1.0 on. Its SQL is not judged yet. */
export const cockroach: Dialect = {
  name: 'cockroach',
  aliases: [],
  drivers: [],
  base: 'cockroach',
  transactions: { ddl: 'transactional', migrator: () => 'deployment' },
  singleStatement: { drivers: [], packages: [], failOnEmpty: false },
  emptyMigration: 'SELECT 1;',
  clients: [],
  words: { server: 'CockroachDB', lock: (mode) => mode },
  snapshotVersions: { journal: null, candidates: null, folders: 1 },
  significantText: standardText,
  sql: null,
}
