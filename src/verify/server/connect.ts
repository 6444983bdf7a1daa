import { ProblemError } from '../../finding/problem.ts'
import type { TraceClient } from '../trace/client.ts'
import { type Address, POSTGRES } from './address.ts'
import { loadFrom } from './loadFrom.ts'
import { unreachable } from './unreachable.ts'

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
  const pg = await loadFrom<{ default?: { Client: PgConstructor }; Client?: PgConstructor }>(
    'pg',
    from,
  )
  try {
    const Client = pg?.default?.Client ?? pg?.Client
    if (Client) return await throughPg(new Client(settings(url)))
    const js = await loadFrom<{ default: PostgresJsConstructor }>('postgres', from)
    if (js) return await throughPostgresJs(js.default(url.href, JS_SETTINGS))
  } catch (error) {
    throw unreachable(address, error, POSTGRES.example)
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
