import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { builtCli } from '../built.ts'
import { generated, install, write } from '../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../drizzle/kit/schemas.ts'
import { useRepositories } from '../git/fixtures.ts'
import { isolatedEnvironment } from '../git/repository.ts'

// A secret in the environment, in `.env` and in what the schema makes of them, and every output and
// file that is left behind.
const made = useRepositories()
const URL = 'postgres://app:canary-of-the-url@db:5432/app'
const ENV = {
  DATABASE_URL: URL,
  API_TOKEN: 'canary-of-the-token',
  UNREAD_SECRET: 'canary-that-nobody-reads',
}

let cli = ''
beforeAll(() => {
  cli = builtCli()
})

function run(schema: string, ...args: string[]) {
  const repository = made.create()
  const temporary = made.folder()
  install('0.31.11', repository.path)
  write(repository.path, {
    '.gitignore': 'node_modules\n.env\n',
    '.env': 'PASSWORD=canary-of-the-file\n',
    'package.json': '{}',
    ...BASE_PROJECT,
    ...generated('0.31.11', BASE_PROJECT),
  })
  repository.commit('base')
  write(repository.path, { 'schema.ts': schema })
  repository.git('add', '--all')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--staged', ...args], {
    cwd: repository.path,
    env: isolatedEnvironment({ ...ENV, TMPDIR: temporary }),
    encoding: 'utf8',
  })
  const left = [join(repository.path, '.git'), temporary].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  // Git has the schema itself.
  const files = left.filter((file) => statSync(file).isFile() && !/\.git\/objects/.test(file))
  return { status, output: stdout + stderr, files }
}

const READS = edit(BASE, [
  'export const posts',
  `const seen = { ...process.env }
if (!seen['DATABASE_URL'] || !process.env.PASSWORD) throw new Error('they are not there')
export const posts`,
])

const SCHEMAS = {
  'a schema that reads them': [READS, 0],
  'a schema that misses a migration': [
    edit(READS, ['  title: text', `  body: text('body'),\n  title: text`]),
    1,
  ],
  'a default made of them': [
    edit(READS, [
      '  title: text',
      `  a: text('a').default(process.env.DATABASE_URL!),
  b: text('b').default(seen['API_TOKEN']!),
  c: text('c').default(process.env.PASSWORD!),\n  title: text`,
    ]),
    1,
  ],
  'an error that quotes one': [
    `${READS}\nthrow new TypeError('cannot connect to ' + process.env.DATABASE_URL + ' ' + process.env.PASSWORD)\n`,
    2,
  ],
  'a process that ends with one on its lips': [
    `${READS}\nconsole.error('error: cannot connect to', process.env.DATABASE_URL, process.env.PASSWORD)\nprocess.kill(process.pid, 'SIGKILL')\n`,
    2,
  ],
} as const

test.each(
  Object.entries(SCHEMAS).flatMap(([name, [schema, code]]) =>
    [[], ['--format', 'json']].map((args) => [name, args.join(' '), schema, code, args] as const),
  ),
)('%s %s', (name, _, schema, code, args) => {
  const { status, output, files } = run(schema, ...args)
  expect({ status, output }).toMatchObject({ status: code })
  expect(output).not.toContain('canary-of')
  for (const file of files) {
    const content = readFileSync(file, 'latin1')
    expect(content.includes('canary-'), file).toBe(false)
    if (file.includes('.git/migration-lint/')) expect(statSync(file).mode & 0o077, file).toBe(0)
  }
  if (name === 'a default made of them') expect(output).toContain('<API_TOKEN>')
})

test('a prefix of tables is part of their names, and is said', () => {
  const { status, output } = run(
    edit(READS, [`pgTable('posts'`, `pgTable((process.env.API_TOKEN ?? '') + '_posts'`]),
  )
  expect(status).toBe(1)
  expect(output).toContain('canary-of-the-token_posts')
})
