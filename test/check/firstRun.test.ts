import { beforeAll, describe, expect, test } from 'vitest'
import { builtCli } from '../built.ts'
import { generated, install, write } from '../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../drizzle/kit/schemas.ts'
import { useRepositories } from '../git/fixtures.ts'
import { pretty } from '../../src/report/pretty.ts'
import { formatOptions } from '../report/fixtures.ts'
import { CREATE_USERS, checkIn, project, writeFiles } from './projects.ts'

const repositories = useRepositories()

beforeAll(() => {
  builtCli()
})

describe('a run says', () => {
  test('which SQL file nobody runs, what there is, and that the schema was not compared', async () => {
    const { path, commit } = repositories.create()
    writeFiles(
      path,
      project({ '0000_users': CREATE_USERS }, { 'drizzle/0001_lost.sql': 'select 1' }),
    )
    commit('base')
    const result = await checkIn(path, undefined, { only: ['sync', 'migration'] })
    const text = pretty(result, formatOptions({ root: path, cwd: path }))
    expect(text).toContain(
      '1 SQL file is not in the journal and never runs: drizzle/0001_lost.sql.',
    )
    expect(text).toContain('Found drizzle.config.ts (postgresql) with 1 migration.')
    expect(text).toContain(
      'Not checked: schema of drizzle.config.ts (no drizzle config names its schema).',
    )
  })

  test('that an acknowledgement names a migration which is nowhere', async () => {
    const { path, commit } = repositories.create()
    const acknowledged = ['0000_user', '0000_users'].map((migration) => ({
      migration,
      rule: 'drop-table',
      reason: 'agreed',
    }))
    writeFiles(
      path,
      project(
        { '0000_users': CREATE_USERS },
        { 'migration-lint.config.json': JSON.stringify({ acknowledged }) },
      ),
    )
    commit('base')
    expect((await checkIn(path)).notices).toEqual([
      'acknowledged names the migration "0000_user", which no project has: did you mean "0000_users"?',
    ])
  })
})

test('where two tables lack a migration both are marked', async () => {
  const { path, commit } = repositories.create()
  install('0.31.11', path)
  write(path, {
    '.gitignore': 'node_modules\n',
    ...BASE_PROJECT,
    ...generated('0.31.11', BASE_PROJECT),
  })
  commit('base')
  const schema = edit(
    BASE,
    [`  email: text('email')`, `  phone: text('phone'),\n  email: text('email')`],
    [`  title: text`, `  body: text('body'),\n  teaser: text('teaser'),\n  title: text`],
  )
  writeFiles(path, { 'schema.ts': schema })
  const result = await checkIn(path, { kind: 'base', ref: 'main' }, { only: ['sync'] })
  const [{ range, also = [] } = {}] = result.findings.map((finding) => ({
    ...finding,
    also: finding.also?.map(({ range }) => range),
  }))
  const texts = [range, ...also].map((one) => one && schema.slice(one.start, one.end))
  expect(texts.map((text) => text?.split(':')[0]).sort()).toEqual(['body', 'phone'])
})

test('a problem is told with the path from where one stands', async () => {
  const { path, commit } = repositories.create()
  writeFiles(path, {
    'packages/db/drizzle.config.ts': `export default { dialect: 'postgresql', out: './drizzle' }`,
    'packages/db/drizzle/meta/_journal.json': '{ broken',
    'packages/db/package.json': '{}',
  })
  commit('base')
  const result = await checkIn(path, { kind: 'all' }, { only: ['migration'] })
  const text = pretty(result, formatOptions({ root: path, cwd: `${path}/packages/db` }))
  expect(text).toContain('drizzle/meta/_journal.json')
  expect(text).not.toContain('packages/db/')
})
