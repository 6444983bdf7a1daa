import type { Dialect } from '../dialect.ts'
import { backslashText } from '../significantText.ts'

/** MySQL and MariaDB. Their SQL is not judged yet. */
export const mysql: Dialect = {
  name: 'mysql',
  aliases: [],
  drivers: ['mysql2'],
  base: 'mysql',
  transactions: { ddl: 'commits', migrator: () => 'deployment' },
  singleStatement: { drivers: [], packages: [], failOnEmpty: false },
  emptyMigration: 'DO 0;',
  clients: [],
  words: { server: 'MySQL', lock: (mode) => mode },
  snapshotVersions: { journal: 5, candidates: null, folders: 6 },
  significantText: backslashText,
  sql: null,
}
