import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { npmCommand } from '../../../scripts/npm.mjs'
import { installed } from '../../installed.ts'
import {
  type Connection,
  type Deployment,
  type Migrator,
  type Orm,
  type Outcome,
  handed,
  migrated,
} from './migrators.ts'

/** Drivers that have to be compiled or are large; `npm run test:sqlite` runs them. */
export interface OnDemand extends Migrator {
  close(): Promise<void> | void
}

const ORMS: readonly Orm[] = ['0.45.4', '1.0.0-rc.5']

interface BetterSqlite {
  exec(sql: string): void
  prepare(sql: string): { pluck(): { all(): unknown[] } }
  close(): void
}
type BetterSqliteClass = new (file: string, options: { nativeBinding: string }) => BetterSqlite

/** better-sqlite3 12, compiled for this Node; 13 needs Node 22. */
export function betterSqlite(orm: Orm): OnDemand {
  const packages = { 'better-sqlite3': '12.6.2', 'drizzle-orm': orm }
  const folder = installed(packages)
  const require = createRequire(join(folder, 'package.json'))
  const nativeBinding = compiled(installed({ ...packages, 'drizzle-orm': ORMS[0]! }))
  const { drizzle } = require('drizzle-orm/better-sqlite3') as { drizzle(client: unknown): unknown }
  const { migrate } = require('drizzle-orm/better-sqlite3/migrator') as {
    migrate(database: unknown, config: object): void
  }
  const open = (): Promise<Connection> => {
    const Database = require('better-sqlite3') as BetterSqliteClass
    const database = new Database(':memory:', { nativeBinding })
    return Promise.resolve({
      run: (sql) => database.exec(sql),
      column: (sql) => database.prepare(sql).pluck().all(),
      migrate: (path) => migrate(drizzle(handed(orm, database)), { migrationsFolder: path }),
      close: () => database.close(),
    })
  }
  return {
    name: `better-sqlite3 12, drizzle-orm ${orm}`,
    driver: 'better-sqlite3',
    refusesSeveral: true,
    run: (deployment) => migrated(open, orm, deployment),
    close() {},
  }
}

/** Needs a compiler and Node's headers, which are looked for beside Node itself. */
function compiled(folder: string): string {
  const home = join(folder, 'node_modules/better-sqlite3')
  const binary = join(home, 'build/Release/better_sqlite3.node')
  if (existsSync(binary)) return binary
  const [command, args] = npmCommand(['rebuild', 'better-sqlite3', '--foreground-scripts'])
  const env = {
    ...process.env,
    npm_config_build_from_source: 'true',
    npm_config_nodedir: dirname(dirname(process.execPath)),
  }
  const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env })
  if (status !== 0 || !existsSync(binary)) {
    throw new Error(`better-sqlite3 could not be compiled:\n${stderr}`)
  }
  return binary
}

interface D1 {
  prepare(sql: string): { run(): Promise<unknown>; raw(): Promise<unknown[][]> }
}
interface MiniflareClass {
  new (options: object): {
    getD1Database(name: string): Promise<D1>
    dispose(): Promise<void>
  }
}

/** D1 as workerd runs it on this machine; later versions of miniflare need Node 22. */
export function d1(orm: Orm): OnDemand {
  const require = createRequire(
    join(installed({ miniflare: '4.20260426.0', 'drizzle-orm': orm }), 'package.json'),
  )
  const { Miniflare } = require('miniflare') as { Miniflare: MiniflareClass }
  const { drizzle } = require('drizzle-orm/d1') as { drizzle(client: unknown): unknown }
  const { migrate } = require('drizzle-orm/d1/migrator') as {
    migrate(database: unknown, config: object): Promise<void>
  }
  const names = Array.from({ length: 400 }, (_, at) => `D${at}`)
  const server = new Miniflare({
    modules: true,
    script: 'export default { fetch: () => new Response() }',
    d1Databases: names,
  })
  const open = async (): Promise<Connection> => {
    const database = await server.getD1Database(names.shift()!)
    return {
      run: (sql) => database.prepare(sql).run(),
      column: async (sql) => (await database.prepare(sql).raw()).map(([value]) => value),
      migrate: (path) => migrate(drizzle(database), { migrationsFolder: path }),
      close() {},
    }
  }
  return {
    name: `D1, drizzle-orm ${orm}`,
    driver: 'd1',
    run: (deployment) => migrated(open, orm, deployment),
    close: () => server.dispose(),
  }
}

/** node:sqlite, in a process of Node 24, which reads these files as they are. */
export function nodeSqlite(): OnDemand {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = installed({ [name]: '24.9.0' })
  const node = join(folder, 'node_modules', name, 'bin/node')
  const script = join(import.meta.dirname, 'nodeSqliteChild.ts')
  const child: ChildProcess = spawn(node, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return {
    name: 'node:sqlite, drizzle-orm 1.0.0-rc.5',
    driver: 'node-sqlite',
    async run(deployment: Deployment): Promise<Outcome> {
      child.stdin!.write(`${JSON.stringify(deployment)}\n`)
      const { value } = (await lines.next()) as { value: string }
      return JSON.parse(value) as Outcome
    },
    close() {
      child.stdin!.end()
    },
  }
}
