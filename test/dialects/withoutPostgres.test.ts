import { join } from 'node:path'
import { Linter } from 'eslint'
import { afterEach, expect, test, vi } from 'vitest'
import plugin from '../../src/eslint.ts'
import { checkIn, journalFolder, writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'

vi.mock('../../src/dialects/postgres/sql/loadParser.ts', () => ({
  loadParser: () => Promise.reject(new Error('PostgreSQL’s parser was loaded')),
}))
vi.mock('../../src/dialects/postgres/sql/loadParserSync.ts', () => ({
  loadParserSync: () => {
    throw new Error('PostgreSQL’s parser was loaded')
  },
}))

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) openRepository(folder).remove()
})

function project(dialect: string): string {
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, {
    'drizzle.config.ts': `export default { dialect: '${dialect}', schema: './s.ts', out: './drizzle' }`,
    ...journalFolder(
      { '0000_a': 'CREATE TABLE users (id integer, name text);', '0001_b': 'DROP TABLE users;' },
      'drizzle',
      dialect,
    ),
  })
  return folder
}

const only = { only: ['history', 'migration'] } as const

const DIALECTS = ['sqlite', 'turso', 'mysql']

test.each(DIALECTS)('a project for %s is checked without PostgreSQL’s parser', async (dialect) => {
  const { findings, problems } = await checkIn(project(dialect), { kind: 'all' }, only)
  expect(findings.map(({ rule }) => rule)).toContain('drop-table')
  expect(problems).toEqual([])
})

test('while one for PostgreSQL needs it', async () => {
  const { problems } = await checkIn(project('postgresql'), { kind: 'all' }, only)
  expect(problems.map(({ message }) => message).join()).toContain('was loaded')
})

test.each(DIALECTS)('and one for %s is linted in an editor without it', (dialect) => {
  const lint = (folder: string) =>
    new Linter({ cwd: '/' }).verify(
      'DROP TABLE users;',
      [{ ...plugin.configs['sql-recommended'], files: ['**/*.sql'] }],
      { filename: join(folder, 'drizzle/0001_b.sql') },
    )
  expect(lint(project(dialect)).map(({ ruleId }) => ruleId)).toEqual(['migration-lint/drop-table'])
  expect(() => lint(project('postgresql'))).toThrow('was loaded')
})
