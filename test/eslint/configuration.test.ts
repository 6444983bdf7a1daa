import { join } from 'node:path'
import { ESLint } from 'eslint'
import { afterEach, describe, expect, test } from 'vitest'
import { migrationRules, rules } from '../../rules/index.ts'
import plugin from '../../src/eslint.ts'
import { createPlugin } from '../../src/eslint/createPlugin.ts'
import { type Files, project, writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) openRepository(folder).remove()
})

const MIGRATIONS = {
  '0000_users': 'CREATE TABLE "users" ("id" serial PRIMARY KEY, "email" text, "name" text);',
  '0001_drop': 'ALTER TABLE "users" DROP COLUMN "email";',
  '0002_index': 'CREATE INDEX "i" ON "users" ("name");',
  '0003_drop': 'ALTER TABLE "users" DROP COLUMN "name";',
}

/** `file rule` for everything that ESLint says of a project's migrations. */
async function linted(files: Files, languageOptions = {}): Promise<string[]> {
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, { '.git/HEAD': '', ...project(MIGRATIONS), ...files })
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [{ ...plugin.configs['sql-recommended'], languageOptions } as never],
  })
  const results = await eslint.lintFiles([join(folder, '**/*.sql')])
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId }) => `${filePath.slice(-8, -4)} ${ruleId?.slice(15)}`),
  )
}

const json = (config: object) => ({ 'migration-lint.config.json': JSON.stringify(config) })
const ALL = ['drop drop-column', 'ndex create-index', 'drop drop-column']

describe("the command line's configuration counts in ESLint", () => {
  test.each<[string, Files, string[]]>([
    ['where there is none', {}, ALL],
    [
      'baseline and small tables of the project',
      json({
        projects: [{ config: 'drizzle.config.ts', baseline: '0001_drop', smallTables: ['users'] }],
      }),
      ['drop drop-column'],
    ],
    [
      'in package.json, by the migrations folder',
      {
        'package.json': JSON.stringify({
          migrationLint: { projects: [{ out: 'drizzle', baseline: '0002_index' }] },
        }),
      },
      ['drop drop-column'],
    ],
    [
      'in a module that is a literal',
      {
        'migration-lint.config.ts': `import { defineConfig } from 'migration-lint'
export default defineConfig({ acknowledged: [{ migration: '0001_drop', rule: 'drop-column', reason: 'unused' }] })`,
      },
      ['ndex create-index', 'drop drop-column'],
    ],
    [
      'but not of another project',
      json({ projects: [{ out: 'other', baseline: '0003_drop' }] }),
      ALL,
    ],
    [
      'nor where it has to be run, or is wrong',
      {
        'migration-lint.config.ts': `export default { projects: [{ out: 'drizzle', baseline: process.env.BASELINE ?? '0003_drop' }] }`,
      },
      ALL,
    ],
    ['nor where it is wrong', json({ projects: [{ out: 'drizzle', baselin: '0003_drop' }] }), ALL],
  ])('%s', async (_name, files, found) => {
    expect(await linted(files)).toEqual(found)
  })

  test('but languageOptions win', async () => {
    const files = json({ projects: [{ out: 'drizzle', baseline: '0003_drop' }] })
    expect(await linted(files, { baseline: '0002_index' })).toEqual(['drop drop-column'])
  })
})

test('the preset strict turns on what is convention', () => {
  const named = (preset: 'recommended' | 'strict') => {
    const { configs } = createPlugin('1.2.3', rules, migrationRules, {}, { preset })
    const all = configs['sql-recommended'].rules ?? {}
    return [all['migration-lint/json-column'], all['migration-lint/enable-row-security']]
  }
  expect(named('recommended')).toEqual(['off', 'warn'])
  expect(named('strict')).toEqual(['warn', ['warn', { ownerOnly: true }]])
})

test('the preset has its severities and options', () => {
  const settings = {
    'drop-column': 'off',
    'create-index': 'error',
    'change-column-type': 'warn',
  } as const
  const { configs } = createPlugin('1.2.3', rules, migrationRules, {}, { rules: settings })
  expect(configs['sql-recommended'].rules).toMatchObject({
    'migration-lint/drop-column': 'off',
    'migration-lint/create-index': 'error',
    'migration-lint/create-index-error': 'error',
    'migration-lint/change-column-type': 'warn',
    'migration-lint/change-column-type-warning': 'warn',
    'migration-lint/drop-table': 'error',
  })
  expect(configs['sql-strict'].rules).toMatchObject({ 'migration-lint/drop-column': 'error' })
})
