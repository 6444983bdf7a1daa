import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrationGlobs } from '../../src/editor/migrationFolders.ts'
import { writeFiles } from '../check/projects.ts'

test('migrations folders with names of their own are found in the drizzle configs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-'))
  const config = (out: string) => `export default { dialect: 'sqlite', out: ${out} }`
  writeFiles(folder, {
    'drizzle.config.ts': config("'./db/out/'"),
    'apps/web/drizzle.config.ts': config("'src/sql'"),
    'apps/api/drizzle.config.ts': config("'./drizzle'"),
    'apps/admin/drizzle.config.ts': config('process.env.OUT'),
    'apps/up/drizzle.config.ts': config("'../shared'"),
    'node_modules/a/drizzle.config.ts': config("'a'"),
    'a/b/c/d/drizzle.config.ts': config("'deep'"),
  })
  expect(migrationGlobs(folder)).toEqual(['**/src/sql/**/*.sql', '**/db/out/**/*.sql'])
  rmSync(folder, { recursive: true })
})
