import { join } from 'node:path'
import { displayName } from '../../catalog/names.ts'
import { ProblemError } from '../../finding/problem.ts'
import type { TableSize } from '../../finding/tableSize.ts'
import type { Problem } from '../../finding/finding.ts'
import { type Address, readAddress } from '../../verify/server/address.ts'
import { connect } from '../../verify/server/connect.ts'
import { type ReadOnly, readOnly } from '../../verify/server/readOnly.ts'
import type { Run } from '../families.ts'
import { readPending } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import { type AppliedMigrations, appliedMigrations } from './appliedMigrations.ts'
import { type MigrationStatus, compareApplied } from './compareApplied.ts'
import { readSizes } from './sizes.ts'

/** What `status` is asked for. */
export interface StatusSettings {
  /** Of the database; in no output. */
  readonly url: string
  /** Whether sizes of tables are asked for. */
  readonly sizes: boolean
}

/** How a project's migrations and a database stand to each other. */
export interface ProjectStatus {
  readonly project: string
  /** `PostgreSQL 16.4`. */
  readonly server: string
  readonly role: { readonly name: string; readonly writes: boolean }
  /** Where the database keeps what was applied; null: it keeps nothing. */
  readonly table: string | null
  readonly migrations: readonly MigrationStatus[]
  /** Of all tables; null where nobody asked. */
  readonly sizes: ReadonlyMap<string, TableSize> | null
  /** The tables that pending statements lock, by name. */
  readonly touched: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * Asks a database what it has applied, and holds the project's migrations against it.
 *
 * @throws ProblemError where it cannot be reached or may not be read; without its address
 */
export async function readStatus(
  run: Run,
  reading: ProjectReading,
  { url, sizes }: StatusSettings,
): Promise<ProjectStatus> {
  const { project, folder } = reading
  if (project.dialect !== 'postgresql') {
    throw new ProblemError({
      message: `${project.name}: status asks PostgreSQL databases only, and this is ${project.dialect}`,
      file: null,
      help: 'Name another project with --project.',
    })
  }
  const address = addressOf(url)
  const from = [...new Set([join(run.root, project.folder), run.root])]
  const { sources, problems } = reading.sources(run.after, folder.migrations)
  const client = await connect(address, from)
  try {
    const asked = await readOnly(client, (database) => ask(database, reading, sizes))
    const migrations = compareApplied(folder, sources, asked.applied.rows)
    const touched = sizes ? await touchedTables(run, reading, migrations) : []
    return {
      project: project.name,
      server: asked.server,
      role: asked.role,
      table: asked.applied.table,
      migrations,
      sizes: asked.sizes,
      touched,
      problems,
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ProblemError({
      message: `the database could not be asked: ${address.hide(reason)}`,
      file: null,
      help: '',
    })
  } finally {
    await client.close().catch(() => undefined)
  }
}

/** The address that was given; the text is in no message. */
export function addressOf(url: string): Address {
  const address = readAddress(url)
  if (address !== null) return address
  throw new ProblemError({
    message: 'what --url names is no address of a PostgreSQL database',
    file: null,
    help: 'It looks like postgres://role:password@host:5432/database.',
  })
}

interface Asked {
  readonly server: string
  readonly role: ProjectStatus['role']
  readonly applied: AppliedMigrations
  readonly sizes: ReadonlyMap<string, TableSize> | null
}

async function ask(
  database: ReadOnly,
  { project }: ProjectReading,
  withSizes: boolean,
): Promise<Asked> {
  const [about] = await database.select(`
    select pg_catalog.current_setting('server_version') as version, current_user as role,
      r.rolsuper or pg_catalog.pg_has_role(d.datdba, 'USAGE')
        or pg_catalog.has_database_privilege(d.oid, 'CREATE') as writes
    from pg_catalog.pg_roles r, pg_catalog.pg_database d
    where r.rolname = current_user and d.datname = pg_catalog.current_database()`)
  return {
    server: `PostgreSQL ${/^[\d.]+/.exec(String(about?.version))?.[0] ?? ''}`.trim(),
    role: { name: String(about?.role), writes: about?.writes === true },
    applied: await appliedMigrations(database, project),
    sizes: withSizes ? await readSizes(database) : null,
  }
}

/** The tables that what is pending locks, as the linter computes it. */
async function touchedTables(
  run: Run,
  reading: ProjectReading,
  migrations: readonly MigrationStatus[],
): Promise<readonly string[]> {
  const waiting = migrations.filter(({ state }) => state === 'pending' || state === 'skipped')
  const names = new Set(waiting.map(({ name }) => name))
  const pending = await readPending(run, reading)
  if (!('judgement' in pending)) return []
  const { engine, session } = pending.judgement
  const locked = pending.deployments.flatMap(({ changes }) =>
    changes
      .filter(({ origin }) => names.has(origin.migration))
      .flatMap((change) => engine.effects(change, session).locks)
      .map(({ relation }) => displayName(relation)),
  )
  return [...new Set(locked)]
}
