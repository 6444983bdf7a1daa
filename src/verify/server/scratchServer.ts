import { randomBytes } from 'node:crypto'
import { ProblemError } from '../../finding/problem.ts'
import { type Scratch, ScratchLost } from '../scratch.ts'
import { type TraceClient, quoteIdentifier, quoteLiteral } from '../trace/client.ts'
import { type Address, requireLoopback } from './address.ts'
import { connect } from './connect.ts'

/** What a database says of itself that may be dropped: COMMENT ON DATABASE. */
export const MARKER = 'migration-lint: a scratch database of verify, which may be dropped'

const PREFIX = 'migration_lint_'

export interface ServerSettings {
  readonly address: Address
  /** Folders whose node_modules are asked for a driver. */
  readonly from: readonly string[]
  /** Milliseconds that any one statement may take. */
  readonly patience: number
  /** Whether a host may be another than this machine. */
  readonly allowRemote: boolean
  /** Whether the role may be one to whom nothing on the server is forbidden. */
  readonly allowSuperuser: boolean
}

/**
 * Makes a database on a server, which nobody but us uses and which is dropped at the end. What runs
 * that were killed have left is dropped first. The database of the address is connected to, and asked,
 * but nothing is run in it.
 *
 * @throws ProblemError where that may not be, or cannot be
 */
export async function openServerScratch(settings: ServerSettings): Promise<Scratch> {
  const { address } = settings
  requireLoopback(address, settings.allowRemote)
  const admin = await connect(address, settings.from)
  try {
    const about = await requireRole(admin, settings)
    const name = `${PREFIX}${randomBytes(6).toString('hex')}`
    // By this the database counts as in use before anything is connected to it.
    await admin.exec(`set application_name = ${quoteLiteral(name)}`)
    await sweep(admin)
    const databases = new Databases(admin, settings, name)
    await databases.create(name)
    return scratchOn(databases, about, address)
  } catch (error) {
    await admin.close().catch(() => undefined)
    throw error
  }
}

interface About {
  readonly server: string
  readonly major: number
}

async function requireRole(admin: TraceClient, { allowSuperuser }: ServerSettings): Promise<About> {
  const { rows } = await admin.query(`
    select rolsuper as super, rolcreatedb or rolsuper as creates, rolname as name,
      current_setting('server_version') as version
    from pg_catalog.pg_roles where rolname = current_user`)
  const [row = {}] = rows
  if (row.super === true && !allowSuperuser) {
    throw refused(
      `the role ${String(row.name)} is a superuser: SQL that is built at run time could reach other databases, and the machine`,
      'Use a role that may only create databases (CREATE ROLE verify LOGIN CREATEDB), or give --allow-superuser on a server that can be thrown away.',
    )
  }
  if (row.creates !== true) {
    throw refused(
      `the role ${String(row.name)} may not create a database, and verify only runs in one of its own`,
      `A superuser can allow it: ALTER ROLE ${quoteIdentifier(String(row.name))} CREATEDB.`,
    )
  }
  const version = /^[\d.]+/.exec(String(row.version))?.[0] ?? ''
  return { server: `PostgreSQL ${version}`, major: Number.parseInt(version, 10) }
}

/** Drops what runs that were killed have left: marked as ours, and with nobody connected. */
async function sweep(admin: TraceClient): Promise<void> {
  const { rows } = await admin.query(`
    select d.datname as name from pg_catalog.pg_database d
    where d.datname like 'migration\\_lint\\_%' and not d.datistemplate
      and pg_catalog.shobj_description(d.oid, 'pg_database') = ${quoteLiteral(MARKER)}
      and pg_catalog.pg_has_role(d.datdba, 'USAGE')
      and not exists (select from pg_catalog.pg_stat_activity a where a.datname = d.datname
        or a.application_name = regexp_replace(d.datname, '_kept$', ''))`)
  for (const { name } of rows) {
    // Another run may be quicker, or somebody may have connected just now.
    await admin
      .exec(`drop database if exists ${quoteIdentifier(String(name))}`)
      .catch(() => undefined)
  }
}

/** The databases of one run. */
class Databases {
  readonly name: string
  private readonly kept: string
  private readonly admin: TraceClient
  private readonly settings: ServerSettings
  private client: TraceClient | null = null

  constructor(admin: TraceClient, settings: ServerSettings, name: string) {
    this.admin = admin
    this.settings = settings
    this.name = name
    this.kept = `${name}_kept`
  }

  async create(name: string, template?: string): Promise<void> {
    const from = template === undefined ? '' : ` template ${quoteIdentifier(template)}`
    await this.admin.exec(`create database ${quoteIdentifier(name)}${from}`)
    await this.admin.exec(`comment on database ${quoteIdentifier(name)} is ${quoteLiteral(MARKER)}`)
    const limits = {
      statement_timeout: `${this.settings.patience}ms`,
      idle_in_transaction_session_timeout: '10min',
    }
    for (const [key, value] of Object.entries(limits)) {
      await this.admin.exec(
        `alter database ${quoteIdentifier(name)} set ${key} = ${quoteLiteral(value)}`,
      )
    }
  }

  async session(): Promise<TraceClient> {
    const { address, from } = this.settings
    return (this.client ??= await connect(address, from, this.name))
  }

  async keep(): Promise<void> {
    await this.leave()
    await this.drop(this.kept)
    await this.create(this.kept, this.name)
  }

  async restore(): Promise<void> {
    await this.leave()
    await this.drop(this.name)
    await this.create(this.name, this.kept)
  }

  async end(): Promise<void> {
    try {
      await this.leave()
      await this.drop(this.kept)
      await this.drop(this.name)
    } finally {
      await this.admin.close().catch(() => undefined)
    }
  }

  private async leave(): Promise<void> {
    await this.client?.close().catch(() => undefined)
    this.client = null
  }

  /** A server takes a moment to notice that a connection has ended. */
  private async drop(name: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.admin.exec(`drop database if exists ${quoteIdentifier(name)}`)
        return
      } catch (error) {
        if ((error as { code?: unknown }).code !== '55006' || tries >= 50) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }
}

function scratchOn(databases: Databases, about: About, { hide }: Address): Scratch {
  const through = async <T>(ask: (client: TraceClient) => Promise<T>): Promise<T> => {
    try {
      return await ask(await databases.session())
    } catch (error) {
      throw told(error, hide)
    }
  }
  return {
    ...about,
    scratch: true,
    stubbed: [],
    keptWhenOpened: false,
    query: (sql) => through((client) => client.query(sql)),
    exec: (sql) => through((client) => client.exec(sql)),
    keep: () => databases.keep(),
    restore: () => databases.restore(),
    close: () => databases.end().catch(() => undefined),
  }
}

/** What the server refused goes on as it is; anything else means that it is gone. */
function told(error: unknown, hide: (text: string) => string): unknown {
  const { code, severity, message } = error as {
    readonly code?: unknown
    readonly severity?: unknown
    readonly message?: unknown
  }
  const isAnswer = typeof code === 'string' && typeof severity === 'string'
  if (isAnswer && !/^(?:08|57P)/.test(code)) return error
  return new ScratchLost(hide(String(message)), false)
}

function refused(message: string, help: string): ProblemError {
  return new ProblemError({ message, file: null, help })
}
