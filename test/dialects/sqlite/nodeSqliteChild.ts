// Run by Node 24: a deployment for each line that comes in, an outcome for each that goes out.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { type Connection, type Deployment, handed, migrated, modules } from './migrators.ts'

const ORM = '1.0.0-rc.5'

interface Database {
  exec(sql: string): void
  prepare(sql: string): { all(): Record<string, unknown>[] }
  close(): void
}

// Types of Node 20 do not know it.
const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as {
  DatabaseSync: new (file: string) => Database
}
const { drizzle, migrate } = modules(ORM, 'node-sqlite')

const open = (): Promise<Connection> => {
  const database = new DatabaseSync(':memory:')
  return Promise.resolve({
    run: (sql) => database.exec(sql),
    column: (sql) =>
      database
        .prepare(sql)
        .all()
        .map((row) => Object.values(row)[0]),
    migrate: (path) => migrate(drizzle(handed(ORM, database)), { migrationsFolder: path }),
    close: () => database.close(),
  })
}

for await (const line of createInterface({ input: process.stdin })) {
  const outcome = await migrated(open, ORM, JSON.parse(line) as Deployment)
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
}
