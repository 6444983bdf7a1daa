import { expect, test } from 'vitest'
import {
  CREATE_USERS,
  DROP_EMAIL,
  checkIn,
  journalFolder,
  open,
  project,
} from '../check/projects.ts'
import { useRepositories } from './fixtures.ts'

const repositories = useRepositories()

test('what a sparse checkout leaves out is not deleted', async () => {
  const repository = repositories.create()
  const files = {
    ...project({ '0000_users': CREATE_USERS }),
    'apps/other/drizzle.config.ts': `export default { dialect: 'postgresql', out: './db' }\n`,
    ...journalFolder({ '0000_users': CREATE_USERS }, 'apps/other/db'),
  }
  for (const [path, content] of Object.entries(files)) repository.write(path, String(content))
  repository.commit('base')
  repository.git('switch', '--quiet', '-c', 'feature')
  const more = journalFolder(
    { '0000_users': CREATE_USERS, '0001_drop': DROP_EMAIL },
    'apps/other/db',
  )
  for (const [path, content] of Object.entries(more)) repository.write(path, String(content))
  repository.commit('a migration')
  const before = await checkIn(repository.path)
  expect(open(before)).toContain('drop-column users.email apps/other/db/0001_drop.sql')
  repository.git('sparse-checkout', 'set', 'drizzle')
  const after = await checkIn(repository.path)
  expect(open(after)).toEqual(open(before))
  expect(after.problems).toEqual(before.problems)
})

test('a pointer of Git LFS is no SQL', async () => {
  const repository = repositories.create()
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`
  const write = (files: ReturnType<typeof project>) => {
    for (const [path, content] of Object.entries(files)) repository.write(path, String(content))
  }
  write(project({ '0000_users': CREATE_USERS }))
  repository.commit('base')
  write(project({ '0000_users': CREATE_USERS, '0001_more': pointer }))
  const { findings, problems } = await checkIn(repository.path)
  expect(problems).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('0001_more.sql is a Git LFS pointer') as string,
      help: expect.stringContaining('git lfs pull') as string,
    }),
  ])
  expect(findings.filter(({ rule }) => rule === 'unparsed')).toEqual([])
})
