import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { builtCli } from '../built.ts'
import { CREATE_USERS, journalFolder, writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'
import { installed } from '../installed.ts'

const root = path.join(import.meta.dirname, '../..')
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) openRepository(folder).remove()
})

const SCHEMA = `import { integer, pgTable, serial } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { id: serial().primaryKey() })
export const posts = pgTable('posts', { userId: integer('user_id').references(() => users.id) })
`

it('oxlint runs the rules on schema files', () => {
  builtCli()
  const project = createFolder()
  folders.push(project)
  mkdirSync(path.join(project, 'node_modules'))
  symlinkSync(root, path.join(project, 'node_modules/migration-lint'))
  writeFiles(project, {
    '.git/HEAD': '',
    '.oxlintrc.json': JSON.stringify({
      jsPlugins: ['migration-lint/eslint'],
      rules: {
        'migration-lint/require-foreign-key-index': 'warn',
        'migration-lint/unsafe-schema-change': 'error',
      },
    }),
    'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './schema.ts' }`,
    'schema.ts': SCHEMA,
    ...journalFolder({ '0000_users': CREATE_USERS }),
  })
  const oxlint = path.join(installed({ oxlint: '1.94.0' }), 'node_modules/oxlint/bin/oxlint')
  const args = [oxlint, '--format', 'json', 'schema.ts']
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
  expect(stderr).toBe('')
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly severity: string }[]
  }
  expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`).sort()).toEqual([
    'error migration-lint(unsafe-schema-change)',
    'warning migration-lint(require-foreign-key-index)',
  ])
})
