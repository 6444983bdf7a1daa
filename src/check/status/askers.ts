import type { BaseName } from '../../dialects/names.ts'
import type { Ask } from './asked.ts'
import { askMysql } from './mysql/ask.ts'
import { askPostgres } from './postgres/ask.ts'
import { askSqlite } from './sqlite/ask.ts'

/** Who asks a database, by the dialect; null where nobody can. */
export const ASKERS: Readonly<Record<BaseName, Ask | null>> = {
  postgresql: askPostgres,
  sqlite: askSqlite,
  mysql: askMysql,
  singlestore: null,
  gel: null,
  mssql: null,
  cockroach: null,
}
