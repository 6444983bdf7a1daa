import { beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from '../../built.ts'
import {
  type Files,
  generated,
  install,
  KITS,
  type KitVersion,
  write,
} from '../../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../../drizzle/kit/scenarios.ts'
import { BASE, config, edit } from '../../drizzle/kit/schemas.ts'
import { useRepositories } from '../../git/fixtures.ts'
import type { Repository } from '../../git/repository.ts'
import { checkIn } from '../projects.ts'

// Schemas that check the environment when they are imported, as T3's env does.

const made = useRepositories()
const STAGED = { kind: 'staged' } as const
const ADDED = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const GENERATE = 'dotenv -e ../../.env.local -- drizzle-kit generate'

/** A validation that no placeholder passes. */
const ENV = `
const { MAIL_PORT, SIGNING_SECRET } = process.env
if (!(Number(MAIL_PORT) > 0) || SIGNING_SECRET === undefined) {
  throw new Error(\`Invalid environment variables: \${MAIL_PORT} \${SIGNING_SECRET}\`)
}
export {}
`
const VALUES = 'MAIL_PORT=2525\nSIGNING_SECRET=extremely-secret\n'

let repo: Repository

beforeAll(() => {
  builtCli()
})

/** A package whose schema needs an environment; its migrations are up to date. */
function packageWith(name: string, generate: string, migrations: Files): Files {
  const files: Files = {
    'package.json': JSON.stringify({ name, scripts: { generate } }),
    'drizzle.config.ts': config(),
    'env.ts': ENV,
    'schema.ts': `import './env'\n${BASE}`,
    ...migrations,
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`packages/${name}/${path}`, text]),
  )
}

function repository(generate: string, names = ['db'], kit: KitVersion = '0.31.11'): void {
  repo = made.create()
  install(kit, repo.path)
  const migrations = generated(kit, BASE_PROJECT)
  write(repo.path, {
    '.gitignore': 'node_modules\n.env*\n',
    'pnpm-lock.yaml': '',
    'package.json': '{ "private": true }',
    ...Object.assign({}, ...names.map((name) => packageWith(name, generate, migrations))),
  })
  repo.commit('base')
}

/** What a commit of other schemas is told. */
async function staged(names = ['db']): Promise<string[]> {
  for (const name of names) repo.write(`packages/${name}/schema.ts`, `import './env'\n${ADDED}`)
  repo.git('add', '--all')
  const { findings, problems } = await checkIn(repo.path, STAGED, { only: ['sync'] })
  return [...problems, ...findings].map(({ message, help }) => `${message} ${help}`)
}

const COMPARED = /^The schema has changes that no migration makes: posts\.body added/

describe('a schema that needs variables', () => {
  it.each(KITS)('finds them in the file that its script names (drizzle-kit %s)', async (kit) => {
    repository(GENERATE, ['db'], kit)
    repo.write('.env.local', VALUES)
    expect(await staged()).toEqual([expect.stringMatching(/^The schema has changes/)])
  })

  it('finds them in the file that the configuration names', async () => {
    repository('drizzle-kit generate')
    write(repo.path, {
      'config/dev.env': VALUES,
      'migration-lint.config.json': '{ "env": "config/dev.env" }',
    })
    expect(await staged()).toEqual([expect.stringMatching(COMPARED)])
  })

  it('finds part of them in .env, and placeholders for the rest', async () => {
    repository('drizzle-kit generate')
    repo.write('packages/db/.env', 'MAIL_PORT=2525\n')
    expect(await staged()).toEqual([expect.stringMatching(COMPARED)])
  })

  it('is told of once where several share a cause, with the command that has them', async () => {
    repository('pnpm with-env drizzle-kit generate', ['db', 'jobs'])
    for (const name of ['db', 'jobs']) {
      const scripts = {
        'with-env': 'dotenv -e ../../.env.local --',
        generate: 'pnpm with-env drizzle-kit generate',
      }
      repo.write(`packages/${name}/package.json`, JSON.stringify({ name, scripts }))
      repo.write(`packages/${name}/env.ts`, `import '../../env'`)
    }
    repo.write('env.ts', ENV)
    const all = await staged(['db', 'jobs'])
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(
      /^packages\/db\/drizzle\.config\.ts, packages\/jobs\/drizzle\.config\.ts: the schemas could not be compared .*Invalid environment variables/,
    )
    expect(all[0]).toContain('Not set: MAIL_PORT, SIGNING_SECRET.')
    expect(all[0]).toContain('cd packages/db && pnpm with-env migration-lint')
  })

  it('is told to be run by the program that fetches them, which is not started', async () => {
    repository('op run --env-file=../../.env.local -- drizzle-kit generate')
    repo.write('.env.local', VALUES)
    const [one] = await staged()
    expect(one).toContain('`op run`, which is never started by itself')
    expect(one).toContain(
      'cd packages/db && op run --env-file=../../.env.local -- pnpm exec migration-lint',
    )
  })

  it('does not show what the file holds', async () => {
    repository(GENERATE)
    repo.write('.env.local', VALUES.replace('2525', 'no-number-at-all'))
    const [one] = await staged()
    expect(one).toContain('Invalid environment variables: <MAIL_PORT> <SIGNING_SECRET>')
    expect(one).not.toMatch(/extremely|no-number/)
  })

  it('says that the file is not there', async () => {
    repository('set -a; . ../../.env.local; drizzle-kit generate')
    expect((await staged())[0]).toContain('.env.local would set them, but is not there.')
  })
})

it('is a warning, and told once, to a commit that concerns none of them', async () => {
  repository(GENERATE, ['db', 'jobs'])
  for (const name of ['db', 'jobs']) repo.write(`packages/${name}/env.ts`, `import '../../env'`)
  repo.write('env.ts', ENV)
  repo.commit('one environment')
  repo.write('README.md', 'x')
  repo.git('add', '--all')
  const { findings, problems } = await checkIn(repo.path, STAGED, { only: ['sync'] })
  expect(problems).toEqual([])
  expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
    ['warn', expect.stringContaining('Invalid environment variables')],
  ])
})
