import { createServer } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { CREATE_USERS, project } from '../projects.ts'
import { verified } from './verified.ts'

const PENDING = {
  '0000_users': CREATE_USERS,
  '0001_more': 'ALTER TABLE "users" ADD COLUMN "x" text;',
}
const SINCE = { kind: 'since', tag: '0000_users' } as const

async function problemOf(run: Promise<unknown>): Promise<{ message: string; help: string }> {
  const result = (await run.catch((error: unknown) => error)) as {
    readonly problem?: { message: string; help: string }
    readonly problems?: readonly { message: string; help: string }[]
  }
  const [problem, ...more] = result.problem ? [result.problem] : (result.problems ?? [])
  expect(more).toEqual([])
  return { message: problem?.message ?? '', help: problem?.help ?? '' }
}

describe('the embedded database', () => {
  const pglite = (version: string, code: string) => ({
    'node_modules/@electric-sql/pglite/package.json': JSON.stringify({
      name: '@electric-sql/pglite',
      version,
      main: 'index.js',
    }),
    'node_modules/@electric-sql/pglite/index.js': code,
  })

  test.each([
    [
      'of a version that cannot measure',
      '0.3.15',
      '',
      'PGlite 0.3.15 is installed, and 0.5 is needed',
    ],
    [
      'that does not load',
      '0.5.16',
      'throw new Error("boom")',
      'PGlite, the embedded PostgreSQL that runs migrations, cannot be loaded',
    ],
  ])('%s is said, with what to install', async (_, version, code, message) => {
    const files = { ...pglite(version, code), 'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n' }
    expect(await problemOf(verified(project(PENDING, files), SINCE))).toEqual({
      message,
      help: 'Install it: pnpm add --save-dev @electric-sql/pglite@0.5',
    })
  })
})

describe('a deployed migration', () => {
  test.each([
    ['that does not parse', 'ALTER TABEL "users" ADD COLUMN "y" text;', 'syntax error'],
    [
      'that drops the database',
      'DROP DATABASE "postgres";',
      'DROP DATABASE cannot run inside a transaction block',
    ],
    [
      'that uses what no migration creates',
      'ALTER TABLE "nobody" ADD COLUMN "y" text;',
      'relation "nobody" does not exist',
    ],
  ])('%s is named', async (_, sql, reason) => {
    const files = project({
      '0000_users': `${CREATE_USERS}--> statement-breakpoint\n${sql}`,
      '0001_more': PENDING['0001_more'],
    })
    const { message, help } = await problemOf(verified(files, SINCE))
    expect(message).toContain('drizzle/0000_users.sql does not run on a new database: ')
    expect(message).toContain(reason)
    expect(help).not.toBe('')
  })

  test('that never ends is given up', async () => {
    const endless = `${CREATE_USERS}--> statement-breakpoint\nDO $$ BEGIN LOOP END LOOP; END $$;`
    const { message, help } = await problemOf(
      verified(project({ ...PENDING, '0000_users': endless }), SINCE, { patience: 4000 }),
    )
    expect(message).toContain('was lost: no answer within 4 seconds')
    expect(help).toContain('--timeout')
  })
})

describe('--url', () => {
  const CANARY = 'canary-password'
  /** A driver as far as connecting goes: what a server answers is tested on servers. */
  const DRIVER = {
    'node_modules/pg/package.json': '{ "name": "pg", "version": "8.23.1", "main": "index.js" }',
    'node_modules/pg/index.js': `const net = require('node:net')
      exports.Client = class {
        constructor({ connectionString }) { this.url = new URL(connectionString) }
        on() {}
        connect() {
          return new Promise((resolve, reject) => {
            const socket = net.connect(Number(this.url.port), this.url.hostname, resolve)
            socket.on('error', (error) => reject(Object.assign(error, { message: error.message + ' ' + this.url.href })))
          })
        }
      }`,
  }
  let closed = 0

  beforeAll(async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closed = (server.address() as { port: number }).port
    await new Promise((resolve) => server.close(resolve))
  })

  const through = (url: string, files = {}) =>
    problemOf(
      verified(project(PENDING, files), SINCE, {
        server: { url, allowRemote: false, allowSuperuser: false },
      }),
    )

  test('that is no address, of a server that is not there, or without a driver', async () => {
    const address = `postgres://verify:${CANARY}@127.0.0.1:${closed}/app`
    const wrong = await through(`mysql://verify:${CANARY}@127.0.0.1/app`)
    expect(wrong.message).toBe('--url is not the address of a PostgreSQL database')
    const without = await through(address)
    expect(without.message).toContain('neither pg nor postgres is installed')
    expect(without.help).toBe('Install it: npm install --save-dev pg')
    const nobody = await through(address, DRIVER)
    expect(nobody.message).toBe('the server could not be reached: nothing listens there')
    expect(nobody.help).not.toBe('')
    expect(JSON.stringify([wrong, without, nobody])).not.toContain(CANARY)
  })
})
