import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { builtCli } from '../built.ts'
import { CREATE_USERS, DROP_EMAIL, journalFolder, writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'
import { installed } from '../installed.ts'

const root = path.join(import.meta.dirname, '../..')
const wrapper = path.join(root, 'packages/eslint-plugin-migration-lint')

/** The oldest that is supported, the last of its major, and the one of today; all with jiti. */
const VERSIONS = [
  ['9.15.0', '9.15.0'],
  ['9.39.5', '9.39.5'],
  ['10.15.0', '10.0.1'],
] as const

/** Configurations as people write them; `@eslint/js` has no `files`. */
const CONFIGS = {
  'eslint.config.cjs': `const js = require('@eslint/js')
const migrationLint = require('migration-lint/eslint')
module.exports = [js.configs.recommended, migrationLint.configs.recommended, migrationLint.configs['sql-recommended']]`,
  'eslint.config.mjs': `import js from '@eslint/js'
import migrationLint from 'migration-lint/eslint'
export default [js.configs.recommended, migrationLint.configs.recommended, ...migrationLint.configs.all]`,
  'eslint.config.ts': `import type { Linter } from 'eslint'
import migrationLint from 'migration-lint/eslint'
export default [migrationLint.configs['sql-strict']] satisfies Linter.Config[]`,
  'wrapper.config.cjs': `const migrationLint = require('eslint-plugin-migration-lint')
module.exports = [migrationLint.configs['sql-recommended']]`,
  'renamed.config.mjs': `import ml from 'eslint-plugin-migration-lint'
export default [{ files: ['**/*.sql'], plugins: { ml }, language: 'ml/postgresql', rules: { 'ml/drop-column': 'error' } }]`,
}

/** Lints the project under each of its configurations; at once first, in the tick of the import. */
const SCRIPT = `import { ESLint, Linter } from 'eslint'
import plugin from 'migration-lint/eslint'
const preset = plugin.configs['sql-recommended']
const at = (messages) => messages.map(({ ruleId, line, column }) => ruleId + ' ' + line + ':' + column)
const found = { atOnce: at(new Linter().verify('DROP TABLE users', [preset], 'migrations/a.sql')) }
for (const name of process.argv.slice(2)) {
  const flags = ESLint.version.startsWith('9.15') ? ['unstable_ts_config'] : []
  const eslint = new ESLint({ overrideConfigFile: name, flags })
  const results = await eslint.lintFiles(['**/*.sql', 'schema.js'])
  found[name] = results.flatMap(({ messages }) => at(messages))
}
console.log(JSON.stringify(found))`

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) openRepository(folder).remove()
})

describe.each(VERSIONS)('with ESLint %s', (eslint, js) => {
  it('lints SQL under a configuration of every kind', () => {
    builtCli()
    const versions = installed({ eslint, '@eslint/js': js, jiti: '2.7.0' })
    const project = createFolder()
    folders.push(project)
    writeFiles(project, {
      'package.json': '{ "private": true, "type": "module" }',
      'schema.js': 'export const users = {}\n',
      'script.js': SCRIPT,
      ...CONFIGS,
      ...journalFolder({ '0000_users': CREATE_USERS, '0001_drop': `-- é\r\n${DROP_EMAIL}` }),
    })
    const modules = path.join(project, 'node_modules')
    mkdirSync(path.join(modules, '@eslint'), { recursive: true })
    for (const name of ['eslint', '@eslint/js']) {
      symlinkSync(path.join(versions, 'node_modules', name), path.join(modules, name))
    }
    symlinkSync(root, path.join(modules, 'migration-lint'))
    cpSync(wrapper, path.join(modules, 'eslint-plugin-migration-lint'), { recursive: true })
    const run = [path.join(project, 'script.js'), ...Object.keys(CONFIGS)]
    const { stdout, stderr } = spawnSync(process.execPath, run, { cwd: project, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      atOnce: ['migration-lint/drop-table 1:12'],
      ...Object.fromEntries(
        Object.keys(CONFIGS).map((name) => [name, ['migration-lint/drop-column 2:33']]),
      ),
      // `all` and `sql-strict` have what only the preset strict has.
      ...Object.fromEntries(
        ['eslint.config.mjs', 'eslint.config.ts'].map((name) => [
          name,
          ['migration-lint/serial-column 1:1', 'migration-lint/drop-column 2:33'],
        ]),
      ),
      'renamed.config.mjs': ['ml/drop-column 2:33'],
    })
  })
})

describe('the wrapper package', () => {
  it('is released with the plugin, for the same versions of ESLint', () => {
    const manifest = (folder: string) =>
      JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
    const [own, main] = [manifest(wrapper), manifest(root)]
    expect(own.version).toBe(main.version)
    expect(own.dependencies).toEqual({ 'migration-lint': main.version })
    expect(own.peerDependencies).toEqual({ eslint: main.peerDependencies.eslint })
    expect(own.engines).toEqual(main.engines)
  })
})
