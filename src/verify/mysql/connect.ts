import { ProblemError } from '../../finding/problem.ts'
import type { Address, Scheme } from '../server/address.ts'
import { loadFrom } from '../server/loadFrom.ts'
import { unreachable } from '../server/unreachable.ts'
import type { TraceClient } from '../trace/client.ts'

export const MYSQL: Scheme = {
  protocol: /^(?:mysql|mariadb):$/,
  server: 'MySQL',
  example: 'mysql://user:password@host:3306/database',
}

/** What is used of `mysql2/promise`. */
interface Mysql2 {
  createConnection(options: object): Promise<{
    query(sql: string): Promise<[unknown, unknown]>
    end(): Promise<void>
    on(event: 'error', listener: () => void): void
  }>
}

/** What is used of `mariadb`. */
interface Mariadb {
  createConnection(options: object): Promise<{
    query(sql: string): Promise<unknown>
    end(): Promise<void>
    on(event: 'error', listener: () => void): void
  }>
}

/** Both are CommonJS. */
type Module<T> = T & { readonly default?: T }

/** Milliseconds for a server to take a connection. */
const CONNECT = 15_000

/**
 * Connects to a server with the driver that a project has: mysql2, else mariadb. One statement at a time is
 * all that it takes, as drizzle-orm's connections are.
 *
 * @param from - folders whose node_modules are asked for it, absolute
 * @param database - in place of the one that the address names; empty: none
 * @throws ProblemError where there is no driver or no connection, without anything of the address
 */
export async function connectMysql(
  address: Address,
  from: readonly string[],
  database?: string,
): Promise<TraceClient> {
  const options = settings(address, database)
  try {
    const mysql2 = await loadFrom<Module<Mysql2>>('mysql2/promise', from)
    if (mysql2) return await throughMysql2(mysql2.default ?? mysql2, options)
    const mariadb = await loadFrom<Module<Mariadb>>('mariadb', from)
    if (mariadb) return await throughMariadb(mariadb.default ?? mariadb, options)
  } catch (error) {
    throw unreachable(address, error, MYSQL.example)
  }
  throw new ProblemError({
    message: 'neither mysql2 nor mariadb is installed, and one of them is needed to reach a server',
    file: null,
    help: 'Install it: npm install --save-dev mysql2',
  })
}

function settings({ url }: Address, database?: string): object {
  const socket = url.searchParams.get('socketPath') ?? url.searchParams.get('socket')
  const named = decodeURIComponent(url.pathname.slice(1))
  const own = database ?? named
  return {
    host: url.hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    connectTimeout: CONNECT,
    ...(own === '' ? {} : { database: own }),
    ...(socket === null ? {} : { socketPath: socket }),
    ...(/[?&]ssl/i.test(url.search) ? { ssl: {} } : {}),
  }
}

async function throughMysql2({ createConnection }: Mysql2, options: object): Promise<TraceClient> {
  const connection = await createConnection(options)
  // Whoever asks next is told; without a listener it would end the process.
  connection.on('error', () => undefined)
  const query = async (sql: string) => {
    const [rows] = await connection.query(sql)
    return { rows: Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [] }
  }
  return { query, exec: query, close: () => connection.end() }
}

async function throughMariadb(
  { createConnection }: Mariadb,
  options: object,
): Promise<TraceClient> {
  const connection = await createConnection(options)
  connection.on('error', () => undefined)
  const query = async (sql: string) => {
    const rows = await connection.query(sql)
    return { rows: Array.isArray(rows) ? [...(rows as Record<string, unknown>[])] : [] }
  }
  return { query, exec: query, close: () => connection.end() }
}
