import { beforeEach, describe, expect, it } from 'vitest'
import {
  CREATE_USERS,
  drizzleConfig,
  folderPerMigration,
  journalFolder,
  project,
} from '../check/projects.ts'
import { useRepositories } from '../git/fixtures.ts'
import type { Repository } from '../git/repository.ts'
import { type Hooked, hooked } from './hooked.ts'

const repositories = useRepositories()

let remote: Repository
let repository: Hooked

const SQL = 'CREATE TABLE "t" ("id" int);'
const BASE = { '0000_users': CREATE_USERS }

beforeEach(() => {
  remote = hooked(repositories.create(), repositories.folder())
  arrive({ ...project(BASE), 'package.json': '{}', 'a.txt': '' })
  repository = hooked(repositories.clone(remote), repositories.folder())
})

/** Somebody else pushes. */
function arrive(files: Record<string, string | Buffer>): void {
  ;(remote as Hooked).add(files)
  remote.commit('by somebody else')
}

const pull = (...more: string[]) => repository.run(['pull', '--quiet', ...more])

describe('after a pull', () => {
  it('new migrations are named, and how to apply them', () => {
    arrive(project({ ...BASE, '0001_a': SQL }))
    expect(pull()).toEqual({
      status: 0,
      output: '1 new migration arrived in drizzle: 0001_a\nApply: npx drizzle-kit migrate\n',
    })
  })

  it('the project has its own way to apply them', () => {
    const manifest = { scripts: { 'db:migrate': 'tsx migrate.ts' }, packageManager: 'pnpm@10.0.0' }
    arrive({
      ...project({ ...BASE, '0001_a': SQL, '0002_b': SQL }),
      'package.json': JSON.stringify(manifest),
    })
    expect(pull().output).toBe(
      '2 new migrations arrived in drizzle: 0001_a, 0002_b\nApply: pnpm db:migrate\n',
    )
  })

  it('each project of a monorepo has its line, in either layout', () => {
    arrive({
      'packages/db/drizzle.config.ts': drizzleConfig(),
      'packages/db/package.json': '{}',
      ...folderPerMigration({ '20250101000000_x': SQL }, 'packages/db/drizzle'),
      ...journalFolder({ ...BASE, '0001_a': SQL }),
    })
    expect(pull().output).toBe(
      '1 new migration arrived in drizzle: 0001_a\nApply: npx drizzle-kit migrate\n' +
        '1 new migration arrived in packages/db/drizzle: 20250101000000_x\n' +
        'Apply: cd packages/db && npx drizzle-kit migrate\n',
    )
  })

  it('many are not all named', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`000${i + 1}_m`, SQL]))
    arrive(project({ ...BASE, ...many }))
    expect(pull().output).toContain('9 new migrations arrived in drizzle: 0001_m … 0009_m\n')
  })

  it('also after a merge of both sides, but only what came from the other', () => {
    arrive(project({ ...BASE, '0001_a': SQL }))
    repository.add({ 'b.txt': '' })
    repository.commit('mine')
    expect(pull('--no-rebase', '--no-edit').output).toContain(
      '1 new migration arrived in drizzle: 0001_a\n',
    )
  })
})

describe('nothing is said, and migration-lint not started', () => {
  it.each([
    ['without new SQL', { 'a.txt': 'changed' }],
    ['where a migration was only edited', { 'drizzle/0000_users.sql': `${CREATE_USERS}-- more` }],
  ])('%s', (_, files) => {
    arrive(files)
    expect(pull()).toEqual({ status: 0, output: '' })
    expect(repository.starts()).toBe(0)
  })

  it('of SQL that is no migration', () => {
    arrive({ 'seed/data.sql': SQL })
    expect(pull()).toEqual({ status: 0, output: '' })
  })

  it('of a squash, which has not arrived yet', () => {
    arrive(project({ ...BASE, '0001_a': SQL }))
    repository.git('fetch', '--quiet')
    const merged = repository.run(['merge', '--quiet', '--squash', 'origin/main'])
    expect(merged.status).toBe(0)
    expect(merged.output).not.toContain('arrived')
    expect(repository.starts()).toBe(0)
  })
})

it('what is broken is for the next check to say', () => {
  arrive({ ...project({ ...BASE, '0001_a': SQL }), 'migration-lint.config.json': '{' })
  expect(pull()).toEqual({ status: 0, output: '' })
})
