import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { versionAt } from '../installedVersion.ts'
import type { DriverName } from './drivers.ts'

/** A deployment as drizzle-orm is to run it, on a file. */
export interface OwnRun {
  readonly driver: DriverName
  readonly from: readonly string[]
  /** The database, absolute. */
  readonly file: string
  /** Whether foreign keys act on the connection that is handed over. */
  readonly keys: boolean
  /** An empty folder for the migrations, absolute. */
  readonly folder: string
  readonly migrations: readonly { readonly name: string; readonly text: string }[]
}

/** How it went. */
export interface OwnOutcome {
  /** `drizzle-orm 0.45.4`. */
  readonly orm: string
  /** What it was refused with; null where it went through. */
  readonly error: string | null
}

interface Handed {
  readonly client: unknown
  close(): void
}

/** Opens a file as a project does before it hands the client to `drizzle()`. */
type Hand = (require: NodeJS.Require, file: string, keys: string) => Handed

const HANDS: Partial<Record<DriverName, Hand>> = {
  'better-sqlite3': (require, file, keys) => {
    const Class = require('better-sqlite3') as new (file: string) => SyncClient
    return withKeys(new Class(file), keys)
  },
  'node-sqlite': (_, file, keys) => {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as unknown as {
      DatabaseSync: new (file: string) => SyncClient
    }
    return withKeys(new DatabaseSync(file), keys)
  },
  libsql: (require, file) => {
    const { createClient } = require('@libsql/client') as {
      createClient(config: { url: string }): { close(): void }
    }
    const client = createClient({ url: pathToFileURL(file).href })
    return { client, close: () => client.close() }
  },
}

interface SyncClient {
  exec(sql: string): unknown
  close(): void
}

function withKeys(client: SyncClient, keys: string): Handed {
  client.exec(`pragma foreign_keys = ${keys}`)
  return { client, close: () => client.close() }
}

/**
 * Has drizzle-orm's own `migrate` of a driver run a deployment.
 *
 * @returns null where the project's drizzle-orm has none for the driver
 */
export async function migrateByDrizzle(run: OwnRun): Promise<OwnOutcome | null> {
  const hand = HANDS[run.driver]
  const orm = hand && loadOrm(run.from, run.driver)
  if (!hand || !orm) return null
  const handed = handedBy(hand, orm.require, run)
  if (handed === null) return null
  writeFolder(run, orm.version)
  try {
    await orm.migrate(orm.drizzle({ client: handed.client }), { migrationsFolder: run.folder })
    return { orm: `drizzle-orm ${orm.version}`, error: null }
  } catch (thrown) {
    // 1.0 wraps what the driver says.
    const { message, cause } = thrown as Error
    const error = cause instanceof Error ? cause.message : message
    return { orm: `drizzle-orm ${orm.version}`, error }
  } finally {
    handed.close()
  }
}

/** Null where the driver is not there: another one stands in for it. */
function handedBy(hand: Hand, require: NodeJS.Require, { file, keys }: OwnRun): Handed | null {
  try {
    return hand(require, file, keys ? 'on' : 'off')
  } catch {
    return null
  }
}

interface Orm {
  readonly version: string
  readonly require: NodeJS.Require
  drizzle(config: { client: unknown }): unknown
  migrate(database: unknown, config: { migrationsFolder: string }): unknown
}

function loadOrm(from: readonly string[], driver: DriverName): Orm | null {
  for (const folder of from) {
    const require = createRequire(join(folder, 'package.json'))
    try {
      const file = require.resolve(`drizzle-orm/${driver}/migrator`)
      const version = versionAt(file, 'drizzle-orm') ?? ''
      // Before 0.36 drizzle() took the client alone.
      if (/^0\.(?:[0-2]?\d|3[0-5])\./.test(version)) return null
      const { drizzle } = require(`drizzle-orm/${driver}`) as Pick<Orm, 'drizzle'>
      const { migrate } = require(file) as Pick<Orm, 'migrate'>
      return { version, require, drizzle, migrate }
    } catch {
      continue
    }
  }
  return null
}

/** The layout that a version of drizzle-orm reads, with names and times in the order of the migrations. */
function writeFolder({ folder, migrations }: OwnRun, version: string): void {
  if (!version.startsWith('0.')) {
    for (const [at, { text }] of migrations.entries()) {
      const own = join(folder, `${20000101000000 + at}_m`)
      mkdirSync(own)
      writeFileSync(join(own, 'migration.sql'), text)
    }
    return
  }
  mkdirSync(join(folder, 'meta'))
  const entries = migrations.map((_, idx) => ({
    idx,
    version: '6',
    when: 1000 + idx,
    tag: `${idx}_m`,
    breakpoints: true,
  }))
  writeFileSync(
    join(folder, 'meta/_journal.json'),
    JSON.stringify({ version: '7', dialect: 'sqlite', entries }),
  )
  for (const [idx, { text }] of migrations.entries()) {
    writeFileSync(join(folder, `${idx}_m.sql`), text)
  }
}
