import { DEFAULT_SCHEMA } from '../catalog/names.ts'
import { mysqlCore } from './mysql/core.ts'
import { postgresCore } from './postgres/core.ts'
import { sqliteCore } from './sqlite/core.ts'
import { type Core, PLAIN_CORE, type SchemaDialect } from './core/core.ts'

const BY_NAME = {
  postgresql: postgresCore,
  mysql: mysqlCore,
  sqlite: sqliteCore,
  singlestore: { ...mysqlCore, server: 'SingleStore', module: 'singlestore-core' },
  gel: { ...PLAIN_CORE, server: 'Gel', module: 'gel-core', defaultSchema: DEFAULT_SCHEMA },
  mssql: { ...PLAIN_CORE, server: 'SQL Server', module: 'mssql-core' },
  cockroach: {
    ...PLAIN_CORE,
    server: 'CockroachDB',
    module: 'cockroach-core',
    defaultSchema: DEFAULT_SCHEMA,
  },
} satisfies Readonly<Record<SchemaDialect, Core>>

/** What schema files of a dialect say. */
export function coreOf(dialect: SchemaDialect): Core {
  return BY_NAME[dialect]
}

/** The dialect whose builders a module of drizzle-orm has; null for any other module. */
export function dialectOfModule(module: string): SchemaDialect | null {
  const found = Object.entries(BY_NAME).find(([, core]) => core.module === module)
  return (found?.[0] as SchemaDialect | undefined) ?? null
}
