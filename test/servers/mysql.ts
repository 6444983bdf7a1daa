import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { installed } from '../installed.ts'

/** What the tests need of mysql2. */
export interface MysqlConnection {
  query(sql: string): Promise<readonly [unknown, unknown]>
  end(): Promise<void>
}

interface Mysql2 {
  createConnection(options: object): Promise<MysqlConnection>
}

/** A MySQL or MariaDB on loopback that exists for the tests alone. */
export interface MysqlServer {
  /** `MariaDB 10.11.18`. */
  readonly name: string
  readonly product: 'mysql' | 'mariadb'
  /** As `Session.version` has it: 1011. */
  readonly version: number
  /** Without a database. */
  readonly url: string
  connect(): Promise<MysqlConnection>
  stop(): Promise<void>
}

/** `nobody`: the servers refuse to run as root. */
const UNPRIVILEGED = 65534

/**
 * The servers to run on: those that `MYSQLD` names (paths, with `:` between them), else the one that is
 * installed.
 *
 * @throws Error if there is none
 */
export function mysqlServers(): readonly string[] {
  const named = process.env['MYSQLD']?.split(':').filter((one) => one !== '')
  if (named?.length) return named
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  const paths = folders.flatMap((folder) =>
    ['mariadbd', 'mysqld'].map((name) => path.join(folder, name)),
  )
  const found = paths.find((one) => spawnSync(one, ['--version']).status === 0)
  if (found === undefined) {
    throw new Error(
      'no MySQL or MariaDB server here: install one (apt-get install mariadb-server), or name it: MYSQLD=/path/to/mysqld',
    )
  }
  return [found]
}

/** Product and version as the binary tells them. */
export function describeServer(binary: string): Pick<MysqlServer, 'name' | 'product' | 'version'> {
  const text = execFileSync(binary, ['--no-defaults', '--version'], { encoding: 'utf8' })
  const [, whole = '', major = '', minor = ''] = /Ver ((\d+)\.(\d+)[.\d]*)/.exec(text) ?? []
  const product = /mariadb/i.test(text) ? 'mariadb' : 'mysql'
  const name = `${product === 'mariadb' ? 'MariaDB' : 'MySQL'} ${whole}`
  return { name, product, version: Number(major) * 100 + Number(minor) }
}

/**
 * Starts a server on a free port of 127.0.0.1, with nothing in it.
 *
 * @throws Error with the end of its log if it does not come up
 */
export async function startMysql(binary: string): Promise<MysqlServer> {
  const about = describeServer(binary)
  const folder = mkdtempSync(path.join(tmpdir(), 'migration-lint-mysql-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, UNPRIVILEGED, UNPRIVILEGED)
  const data = path.join(folder, 'data')
  const common = [
    '--no-defaults',
    `--datadir=${data}`,
    ...(isRoot ? ['--user=nobody'] : []),
    `--log-error=${path.join(folder, 'log')}`,
  ]
  if (about.product === 'mysql') execFileSync(binary, [...common, '--initialize-insecure'])
  else {
    execFileSync('mkdir', [data])
    if (isRoot) chownSync(data, UNPRIVILEGED, UNPRIVILEGED)
  }
  const port = await freePort()
  const own =
    about.product === 'mysql'
      ? ['--mysqlx=OFF', '--secure-file-priv=NULL']
      : ['--skip-grant-tables']
  const output = openSync(path.join(folder, 'output'), 'w')
  const child = spawn(
    binary,
    [
      ...common,
      ...own,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${path.join(folder, 's')}`,
      `--pid-file=${path.join(folder, 'pid')}`,
      '--innodb-buffer-pool-size=64M',
    ],
    { stdio: ['ignore', output, output] },
  )
  const connect = () => connectTo(port)
  await untilUp(child, connect, [path.join(folder, 'log'), path.join(folder, 'output')])
  return {
    ...about,
    url: `mysql://root@127.0.0.1:${port}`,
    connect,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The driver that Drizzle uses, as it opens a connection: one statement at a time. */
function connectTo(port: number): Promise<MysqlConnection> {
  const folder = installed({ mysql2: '3.24.6' })
  const mysql2 = createRequire(path.join(folder, 'x.js'))('mysql2/promise') as Mysql2
  return mysql2.createConnection({ host: '127.0.0.1', port, user: 'root' })
}

async function untilUp(
  child: ChildProcess,
  connect: () => Promise<MysqlConnection>,
  logs: readonly string[],
): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) break
    try {
      await (await connect()).end()
      return
    } catch {
      await wait(200)
    }
  }
  child.kill('SIGKILL')
  const said = logs.map((log) => (existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : ''))
  throw new Error(`the server does not come up:\n${said.join('')}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
