import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from '../../built.ts'
import { type KitVersion, install, write } from '../../drizzle/kit/kits.ts'
import { useRepositories } from '../../git/fixtures.ts'
import type { Repository } from '../../git/repository.ts'
import { checkIn } from '../projects.ts'

// A default that is computed when the schema is loaded is another one each time, so no migration can
// ever agree with the schema: it must not block, and is said once.

const made = useRepositories()

beforeAll(() => {
  builtCli()
})

const PG = `import { bigint, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'
export const t = pgTable('t', {
  id: uuid().default(crypto.randomUUID()),
  n: bigint({ mode: 'number' }).default(Date.now()),
  at: timestamp().defaultNow(),
})
`
const SQLITE = `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
export const t = sqliteTable('t', {
  id: text().default(crypto.randomUUID()),
  n: integer().default(Date.now()),
  at: text().default('now'),
})
`

function generatedWith(kit: KitVersion, dialect: string, schema: string): Repository {
  const repo = made.create()
  install(kit, repo.path)
  write(repo.path, {
    '.gitignore': 'node_modules\n',
    'drizzle.config.ts': `export default { dialect: '${dialect}', schema: './schema.ts', out: './drizzle' }\n`,
    'schema.ts': schema,
  })
  const bin = join(repo.path, 'node_modules/drizzle-kit/bin.cjs')
  execFileSync(process.execPath, [bin, 'generate'], { cwd: repo.path, stdio: 'ignore' })
  repo.commit('base')
  return repo
}

/** What a check of the comparison says: `severity object: message`. */
async function said({ path }: Repository): Promise<string[]> {
  const { findings, problems } = await checkIn(path, { kind: 'staged' }, { only: ['sync'] })
  expect(problems).toEqual([])
  return findings.map(({ severity, object, message }) => `${severity} ${object}: ${message}`)
}

describe.each<[KitVersion, string, string]>([
  ['0.31.11', 'postgresql', PG],
  ['1.0.0-rc.5', 'postgresql', PG],
  ['1.0.0-rc.5', 'sqlite', SQLITE],
])('with drizzle-kit %s and %s', (kit, dialect, schema) => {
  it('a default computed at load is a warning at its column; one that becomes so is a change', async () => {
    const repo = generatedWith(kit, dialect, schema)
    repo.write('schema.ts', `// touched\n${schema}`)
    repo.git('add', '--all')
    const computed = (column: string) =>
      expect.stringMatching(`^warn t.${column}: The default of t.${column} is computed when`)
    expect(await said(repo)).toEqual([computed('id'), computed('n')])
    const { findings, text } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
    const { file, range } = findings[0]!
    expect(text(file)!.slice(range!.start, range!.end)).toMatch(/^id: /)

    const changed = schema.replace(/defaultNow\(\)|default\('now'\)/, (old) =>
      old === 'defaultNow()' ? 'default(new Date())' : `default(new Date().toISOString())`,
    )
    repo.write('schema.ts', changed)
    repo.git('add', '--all')
    expect(await said(repo)).toContainEqual(
      expect.stringMatching(/^error t\.at: The schema has changes that no migration makes: t\.at /),
    )
  })
})
