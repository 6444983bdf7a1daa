import type { Dialect } from '../dialect.ts'
import { standardText } from '../significantText.ts'

/** SQL Server, from drizzle-kit 1.0 on. Its SQL is not judged yet. */
export const mssql: Dialect = {
  name: 'mssql',
  aliases: [],
  drivers: [],
  base: 'mssql',
  transactions: { ddl: 'transactional', migrator: () => 'deployment' },
  singleStatement: { drivers: [], packages: [], failOnEmpty: false },
  emptyMigration: 'SELECT 1;',
  clients: [],
  words: { server: 'SQL Server', lock: (mode) => mode },
  snapshotVersions: { journal: null, candidates: null, folders: 2 },
  significantText: standardText,
  sql: null,
}
