import type { Dialect } from '../dialect.ts'
import { backslashText } from '../significantText.ts'

/** MySQL, MariaDB, PlanetScale and what else speaks MySQL. */
export const mysql: Dialect = {
  name: 'mysql',
  aliases: [],
  drivers: ['mysql2'],
  base: 'mysql',
  transactions: { ddl: 'commits', migrator: () => 'deployment' },
  singleStatement: { drivers: [], packages: [], failOnEmpty: false },
  emptyMigration: 'DO 0;',
  clients: [],
  products: [
    { name: 'mysql', packages: ['mysql2'], images: /^(?:mysql|percona)\b/ },
    { name: 'mariadb', packages: ['mariadb'], images: /^mariadb\b/ },
    { name: 'planetscale', packages: ['@planetscale/database'], images: null },
    {
      name: 'tidb',
      packages: ['@tidbcloud/serverless'],
      images: null,
      notice:
        'TiDB is judged as MySQL: its schema changes run online, so that findings on copies and waiting writes may not hold there',
    },
  ],
  words: { server: 'MySQL', lock: (mode) => `LOCK=${mode}`, quote: '`' },
  snapshotVersions: { journal: 5, candidates: null, folders: 6 },
  significantText: backslashText,
  sql: { load: async () => (await import('./engine.ts')).createEngine() },
}
