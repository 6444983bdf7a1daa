import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { builtCli } from '../built.ts'
import { writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'
import { installed } from '../installed.ts'

const root = path.join(import.meta.dirname, '../..')

const SCHEMA = `import { pgTable as table, serial, integer, text, pgTableCreator, index, jsonb } from 'drizzle-orm/pg-core'
const create = pgTableCreator((name) => \`app_\${name}\`)
export const users = table('users', { id: serial().primaryKey(), name: text() })
export const posts = create('posts', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  authorId: integer('author_id').notNull().references(() => users.id, { onDelete: 'set null' }),
  ownerId: serial('owner_id').references(() => users.id),
  userName: text('user_name').references(() => users.id),
  data: jsonb(),
}, (t) => ({ byOwner: index('owner_idx').on(t.ownerId).concurrently() }))
const logs = table('logs', { text: text() }) satisfies object
export { logs as logTable }
const hidden = table('hidden', { id: integer() } as const)
`

const SCRIPT = `import { ESLint } from 'eslint'
import * as parser from '@typescript-eslint/parser'
import migrationLint from 'migration-lint/eslint'
const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [migrationLint.configs.strict, { files: ['**/*.ts'], languageOptions: { parser } }],
})
const [{ messages }] = await eslint.lintFiles(['schema.ts'])
console.log(JSON.stringify(messages.map(({ ruleId, line, column }) => ruleId + ' ' + line + ':' + column)))`

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) openRepository(folder).remove()
})

function lintedWith(eslint: string, typescript: string): string[] {
  const packages = installed({ eslint, typescript, '@typescript-eslint/parser': '8.73.0' })
  const project = createFolder()
  folders.push(project)
  writeFiles(project, {
    'package.json': '{ "type": "module" }',
    'schema.ts': SCHEMA,
    'script.js': SCRIPT,
  })
  const modules = path.join(project, 'node_modules')
  mkdirSync(path.join(modules, '@typescript-eslint'), { recursive: true })
  for (const name of ['eslint', 'typescript', '@typescript-eslint/parser']) {
    symlinkSync(path.join(packages, 'node_modules', name), path.join(modules, name))
  }
  symlinkSync(root, path.join(modules, 'migration-lint'))
  const { stdout, stderr } = spawnSync(process.execPath, ['script.js'], {
    cwd: project,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout) as string[]
}

describe('the rules for schema files', () => {
  it.each([
    ['9.15.0', '5.9.3'],
    ['9.39.5', '6.0.3'],
    ['10.15.0', '5.9.3'],
  ])('say the same with ESLint %s and TypeScript %s', (eslint, typescript) => {
    builtCli()
    expect(lintedWith(eslint, typescript)).toEqual([
      'migration-lint/prefer-identity 3:39',
      'migration-lint/require-foreign-key-index 6:3',
      'migration-lint/no-set-null-on-not-null 6:3',
      'migration-lint/no-serial-foreign-key 7:3',
      'migration-lint/prefer-identity 7:3',
      'migration-lint/require-foreign-key-index 8:3',
      'migration-lint/foreign-key-type-mismatch 8:3',
      'migration-lint/no-concurrent-index 10:56',
      'migration-lint/require-primary-key 11:7',
      'migration-lint/require-exported-tables 13:7',
      'migration-lint/require-primary-key 13:7',
    ])
  })
})
