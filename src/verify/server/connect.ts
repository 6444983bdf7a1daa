import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ProblemError } from '../../finding/problem.ts'
import type { TraceClient } from '../trace/client.ts'
import type { Address } from './address.ts'

/** What is used of `pg`. */
interface PgClient {
  connect(): Promise<void>
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>
  end(): Promise<void>
  on(event: 'error', listener: () => void): void
}

/** What is used of `postgres`. */
interface PostgresJs {
  unsafe(sql: string): { simple(): Promise<Record<string, unknown>[]> }
  end(options: { timeout: number }): Promise<void>
}

/** Milliseconds for a server to take a connection. */
const CONNECT = 15_000

/**
 * Connects to a server with the driver that a project has: `pg`, else `postgres`.
 *
 * @param from - folders whose node_modules are asked for it, absolute
 * @param database - in place of the one that the address names
 * @throws ProblemError where there is no driver or no connection, without anything of the address
 */
export async function connect(
  address: Address,
  from: readonly string[],
  database?: string,
): Promise<TraceClient> {
  const url = new URL(address.url)
  if (database !== undefined) url.pathname = `/${encodeURIComponent(database)}`
  const pg = await load<{ default?: { Client: PgConstructor }; Client?: PgConstructor }>('pg', from)
  try {
    const Client = pg?.default?.Client ?? pg?.Client
    if (Client) return await throughPg(new Client(settings(url)))
    const js = await load<{ default: PostgresJsConstructor }>('postgres', from)
    if (js) return await throughPostgresJs(js.default(url.href, JS_SETTINGS))
  } catch (error) {
    throw unreachable(address, error)
  }
  throw new ProblemError({
    message: 'neither pg nor postgres is installed, and one of them is needed to reach a server',
    file: null,
    help: 'Install it: npm install --save-dev pg',
  })
}

type PgConstructor = new (options: object) => PgClient
type PostgresJsConstructor = (url: string, options: object) => PostgresJs

const NAME = 'migration-lint'

const JS_SETTINGS = {
  max: 1,
  connect_timeout: CONNECT / 1000,
  onnotice: () => undefined,
  connection: { application_name: NAME },
  // What is asked here needs no types, and fetching them is a query more.
  fetch_types: false,
}

function settings(url: URL): object {
  return {
    connectionString: url.href,
    application_name: NAME,
    connectionTimeoutMillis: CONNECT,
  }
}

async function throughPg(client: PgClient): Promise<TraceClient> {
  // Whoever asks next is told; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return {
    query: (sql) => client.query(sql),
    exec: (sql) => client.query(sql),
    close: () => client.end(),
  }
}

async function throughPostgresJs(sql: PostgresJs): Promise<TraceClient> {
  const client: TraceClient = {
    query: async (text) => ({ rows: [...(await sql.unsafe(text).simple())] }),
    exec: (text) => sql.unsafe(text).simple(),
    close: () => sql.end({ timeout: 1 }),
  }
  try {
    await client.query('select 1')
  } catch (error) {
    await client.close()
    throw error
  }
  return client
}

async function load<T>(name: string, from: readonly string[]): Promise<T | null> {
  for (const folder of from) {
    let file: string
    try {
      file = createRequire(join(folder, 'package.json')).resolve(name)
    } catch {
      continue
    }
    return (await import(pathToFileURL(file).href)) as T
  }
  return null
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  CONNECT_TIMEOUT: 'it does not answer',
  ECONNRESET: 'it closed the connection',
  '28P01': 'it does not accept the password',
  '28000': 'it does not let this role in',
  '3D000': 'there is no such database',
  '53300': 'it has no connection to spare',
}

function unreachable(address: Address, error: unknown): ProblemError {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const known = typeof code === 'string' ? REASONS[code] : undefined
  const told = typeof message === 'string' && message !== '' ? message : 'no reason was given'
  return new ProblemError({
    message: `the server could not be reached: ${known ?? address.hide(told)}`,
    file: null,
    help: 'Look at the address: postgres://role:password@host:5432/database.',
  })
}
