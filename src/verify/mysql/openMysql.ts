import { splitAtBreakpoints } from '../../dialects/breakpoints.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'
import { ProblemError } from '../../finding/problem.ts'
import { chunksOf } from '../chunks.ts'
import { CopiedStage } from '../copiedStage.ts'
import type { Undeployable } from '../deploy.ts'
import type { Laboratory } from '../laboratory.ts'
import { type Address, requireLoopback } from '../server/address.ts'
import type { TraceClient } from '../trace/client.ts'
import { connectMysql } from './connect.ts'
import { DatabaseCopies } from './databaseCopies.ts'
import { causeOf, kindOf } from './errors.ts'
import { Kept } from './kept.ts'
import { ScratchDatabases, type Session } from './scratchDatabases.ts'

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
  const kept = new Kept(databases, await databases.create())
  const remarks: string[] = []
  return {
    server: `${product === 'mariadb' ? 'MariaDB' : 'MySQL'} ${number}`,
    product,
    major: Number(major) * 100 + Number(minor),
    notices: [],
    measurable(units) {
      const copies = new DatabaseCopies(databases, kept, units, remarks)
      return {
        keep: () => Promise.resolve(),
        stage: (rows) => new CopiedStage(copies, rows),
        causeOf,
        kindOf,
      }
    },
    causeOf,
    kindOf,
    plan: (engine, sources) => chunksOf(engine, sources, false),
    apply: (units, options) => kept.apply(units, options),
    deploy: (migrations) => databases.on(kept.name, (session) => deploy(session, migrations)),
    remarks: () => remarks.splice(0),
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

function refused(message: string, help: string): ProblemError {
  return new ProblemError({ message, file: null, help })
}
