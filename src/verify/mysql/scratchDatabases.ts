import { randomBytes } from 'node:crypto'
import type { Address } from '../server/address.ts'
import { ScratchLost } from '../scratch.ts'
import type { StatementError, TraceClient } from '../trace/client.ts'
import { quoted } from './columns.ts'
import { connectMysql } from './connect.ts'
import { mysqlError } from './errors.ts'

const PREFIX = 'migration_lint_'

/** The base of a scratch database's name, which is the name of its run's lock, too. */
const BASE = new RegExp(`^${PREFIX}[0-9a-f]{12}`)

/** A table that says of the database it stands in that it may be dropped. */
const MARKER = '__migration_lint_scratch'

/** The databases of one run of `verify`, on a server that is somebody's. */
export class ScratchDatabases {
  private readonly admin: TraceClient
  private readonly address: Address
  private readonly from: readonly string[]
  private readonly patience: number
  private readonly base = `${PREFIX}${randomBytes(6).toString('hex')}`
  private readonly made = new Set<string>()
  private next = 0

  /** @param patience - milliseconds that any one statement may take */
  constructor(admin: TraceClient, address: Address, from: readonly string[], patience: number) {
    this.admin = admin
    this.address = address
    this.from = from
    this.patience = patience
  }

  /** By a lock of the base's name the databases count as in use; it ends with the connection. */
  async begin(): Promise<void> {
    await this.admin.query(`select get_lock('${this.base}', 0) as locked`)
    await this.sweep()
  }

  async create(): Promise<string> {
    const name = `${this.base}_${this.next++}`
    await this.admin.exec(`create database ${quoted(name)}`)
    this.made.add(name)
    await this.admin.exec(`create table ${quoted(name)}.${MARKER} (id int primary key)`)
    return name
  }

  async drop(name: string): Promise<void> {
    await this.admin.exec(`drop database if exists ${quoted(name)}`)
    this.made.delete(name)
  }

  /** Connects to one of them; what the server refuses with is told by `attempt`. */
  async on<T>(name: string, use: (session: Session) => Promise<T>): Promise<T> {
    const client = await connectMysql(this.address, this.from, name)
    const session = new Session(client, this.admin, this.address, this.patience)
    try {
      await session.begin()
      return await use(session)
    } catch (error) {
      // What is refused where nobody expects it is the end of the run, and no error of ours.
      const { errno } = error as { readonly errno?: unknown }
      if (typeof errno !== 'number') throw error
      throw new ScratchLost(this.address.hide((error as Error).message), false)
    } finally {
      await client.close().catch(() => undefined)
    }
  }

  async end(): Promise<void> {
    for (const name of [...this.made]) await this.drop(name).catch(() => undefined)
    await this.admin.close().catch(() => undefined)
  }

  /** Drops what runs that were killed have left: marked as ours, and with nobody holding their lock. */
  private async sweep(): Promise<void> {
    const { rows } = await this.admin.query(`
      select table_schema as name from information_schema.tables
      where table_schema like '${PREFIX.replaceAll('_', '\\_')}%' and table_name = '${MARKER}'`)
    for (const { name } of rows) {
      const [base] = BASE.exec(String(name)) ?? []
      if (base === undefined || base === this.base) continue
      const { rows: locks } = await this.admin.query(`select is_free_lock('${base}') as free`)
      // Another run may be quicker.
      if (Number(locks[0]?.free) === 1) await this.drop(String(name)).catch(() => undefined)
    }
  }
}

/** A connection to a scratch database. */
export class Session {
  readonly client: TraceClient
  private readonly admin: TraceClient
  private readonly address: Address
  private readonly patience: number
  private id = 0

  constructor(client: TraceClient, admin: TraceClient, address: Address, patience: number) {
    this.client = client
    this.admin = admin
    this.address = address
    this.patience = patience
  }

  async begin(): Promise<void> {
    const { rows } = await this.client.query('select connection_id() as id')
    this.id = Number(rows[0]?.id)
  }

  /**
   * Runs a statement within the time it has.
   *
   * @returns what the server refuses it with, or null
   * @throws ScratchLost where the server is gone, or the time is over
   */
  async attempt(sql: string): Promise<StatementError | null> {
    let isOver = false
    const timer = setTimeout(() => {
      isOver = true
      void this.admin.exec(`kill ${this.id}`).catch(() => undefined)
    }, this.patience)
    try {
      await this.client.exec(sql)
      return null
    } catch (thrown) {
      if (isOver) throw new ScratchLost(`no answer within ${this.patience / 1000} seconds`, true)
      return mysqlError(thrown, this.address.hide)
    } finally {
      clearTimeout(timer)
    }
  }
}
