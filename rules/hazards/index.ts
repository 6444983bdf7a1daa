import type { HazardTable } from '../../src/report/hazardDocs.ts'
import { hazardsOfMysql } from './mysql.ts'
import { hazardsOfPostgres } from './postgres.ts'
import { hazardsOfSqlite } from './sqlite.ts'

/** What is decided of every hazard that was found, dialect by dialect. */
export const hazards: readonly HazardTable[] = [
  { title: 'PostgreSQL', hazards: hazardsOfPostgres },
  { title: 'MySQL and MariaDB', hazards: hazardsOfMysql },
  { title: 'SQLite, libSQL and D1', hazards: hazardsOfSqlite },
]
