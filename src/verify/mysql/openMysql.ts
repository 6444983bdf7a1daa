import { splitAtBreakpoints } from '../../dialects/breakpoints.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'
import { ProblemError } from '../../finding/problem.ts'
import { chunksOf } from '../chunks.ts'
import { type Copies, CopiedStage } from '../copiedStage.ts'
import type { Undeployable } from '../deploy.ts'
import type { Laboratory } from '../laboratory.ts'
import type { RunOutcome } from '../run.ts'
import { type Address, requireLoopback } from '../server/address.ts'
import type { StatementError, TraceClient } from '../trace/client.ts'
import type { SeedOptions, Unseeded } from '../trace/seed.ts'
import { connectMysql } from './connect.ts'
import { blueprintOf, copyDatabase } from './copy.ts'
import { causeOf, kindOf } from './errors.ts'
import { halfAppliedLine } from './halfApplied.ts'
import { runOnMysql } from './run.ts'
import { ScratchDatabases, type Session } from './scratchDatabases.ts'
import { emptyMysql, seedMysql } from './seed.ts'

export interface MysqlSettings {
  readonly address: Address
  /** Folders whose node_modules are asked for a driver. */
  readonly from: readonly string[]
  /** Milliseconds that any one statement may take. */
  readonly patience: number
  /** Whether a host may be another than this machine. */
  readonly allowRemote: boolean
  /** Whether the account may be one that reaches other databases. */
  readonly allowSuperuser: boolean
}

/** A laboratory on somebody's server, in databases of its own. */
export interface MysqlLaboratory extends Laboratory {
  /** As `Product.name` has it. */
  readonly product: 'mysql' | 'mariadb'
  /** Runs deployed migrations; the first that does not run, null where all do. */
  deploy(migrations: readonly MigrationSource[]): Promise<Undeployable | null>
}

/**
 * Makes databases on a server, which nobody but us uses and which are dropped at the end. What runs that
 * were killed have left is dropped first.
 *
 * @throws ProblemError where that may not be, or cannot be
 */
export async function openMysql(settings: MysqlSettings): Promise<MysqlLaboratory> {
  const { address, from, patience } = settings
  requireLoopback(address, settings.allowRemote)
  const admin = await connectMysql(address, from, '')
  const databases = new ScratchDatabases(admin, address, from, patience)
  try {
    await requireAccount(admin, settings)
    await databases.begin()
    const { rows } = await admin.query('select version() as version')
    return await laboratory(databases, String(rows[0]?.version))
  } catch (error) {
    await databases.end()
    if (error instanceof ProblemError) throw error
    const reason = address.hide(error instanceof Error ? error.message : String(error))
    throw refused(
      `no database of its own could be made on the server of --url: ${reason}`,
      'verify needs an account that may do anything with databases named migration_lint_…, and nothing else: GRANT ALL ON `migration\\_lint\\_%`.* TO …',
    )
  }
}

async function requireAccount(
  admin: TraceClient,
  { allowSuperuser }: MysqlSettings,
): Promise<void> {
  if (allowSuperuser) return
  const { rows } = await admin.query(`
    select current_user() as name, count(*) as n from information_schema.user_privileges
    where grantee = concat('''', replace(current_user(), '@', '''@'''), '''')
      and privilege_type <> 'USAGE'`)
  if (Number(rows[0]?.n) === 0) return
  throw refused(
    `the account ${String(rows[0]?.name)} may do things on the whole server, so that SQL that is built at run time could reach other databases`,
    'Use one that may only use databases of verify (GRANT ALL ON `migration\\_lint\\_%`.* TO …), or give --allow-superuser on a server that can be thrown away.',
  )
}

async function laboratory(databases: ScratchDatabases, version: string): Promise<MysqlLaboratory> {
  const [number = '', major = 0, minor = 0] = /^(\d+)\.(\d+)(?:\.\d+)?/.exec(version) ?? []
  const product = /mariadb/i.test(version) ? 'mariadb' : 'mysql'
  let kept = await databases.create()
  const copies = new DatabaseCopies(databases, () => kept)
  return {
    server: `${product === 'mariadb' ? 'MariaDB' : 'MySQL'} ${number}`,
    product,
    major: Number(major) * 100 + Number(minor),
    notices: [],
    keep: () => Promise.resolve(),
    stage: (rows) => new CopiedStage(copies, rows),
    causeOf,
    kindOf,
    plan: (engine, sources) => chunksOf(engine, sources, false),
    async apply(units, options) {
      const copy = await copyDatabase(databases, kept)
      const outcome = await databases.on(copy, (session) => runOnMysql(session, units, options))
      const isWhole = outcome.failed === null && outcome.lost === null
      await databases.drop(isWhole ? kept : copy)
      if (isWhole) kept = copy
      return outcome
    },
    deploy: (migrations) => databases.on(kept, (session) => deploy(session, migrations)),
    remarks: () => copies.remarks.splice(0),
    close: () => databases.end(),
  }
}

async function deploy(
  session: Session,
  migrations: readonly MigrationSource[],
): Promise<Undeployable | null> {
  for (const migration of migrations) {
    for (const { text } of splitAtBreakpoints(migration.text)) {
      if (text.trim() === '') continue
      const error = await session.attempt(text)
      if (error) return { migration, error }
    }
  }
  return null
}

/** Databases as stages are made of them. */
class DatabaseCopies implements Copies<string> {
  /** What the last run on ordinary rows has shown besides. */
  readonly remarks: string[] = []
  private readonly databases: ScratchDatabases
  private readonly kept: () => string

  constructor(databases: ScratchDatabases, kept: () => string) {
    this.databases = databases
    this.kept = kept
  }

  fresh(): Promise<string> {
    return copyDatabase(this.databases, this.kept())
  }

  fill(database: string, rows: SeedOptions): Promise<readonly Unseeded[]> {
    return this.databases.on(database, (session) =>
      seedMysql(session.client, (sql) => session.attempt(sql), rows),
    )
  }

  empty(database: string, _: StatementError): Promise<readonly string[]> {
    return this.databases.on(database, ({ client }) => emptyMysql(client))
  }

  drop(database: string): Promise<void> {
    return this.databases.drop(database)
  }

  async run(
    ...[filled, units, options, { adverse, whole }]: Parameters<Copies<string>['run']>
  ): Promise<RunOutcome> {
    const { databases } = this
    const copy = await copyDatabase(databases, filled)
    try {
      return await databases.on(copy, async (session) => {
        const before = await blueprintOf(session)
        const outcome = await runOnMysql(session, units, options)
        const { failed } = outcome
        if (!whole || adverse || failed === null) return outcome
        // The server has rolled back what it can.
        const after = await blueprintOf(session)
        const own = units.filter(({ migration }) => migration === failed.unit.migration)
        const again = await runOnMysql(session, own, { ...options, without: new Set() })
        this.remarks.push(halfAppliedLine({ failed, before, after, again: again.failed }))
        return outcome
      })
    } finally {
      await databases.drop(copy).catch(() => undefined)
    }
  }
}

function refused(message: string, help: string): ProblemError {
  return new ProblemError({ message, file: null, help })
}
