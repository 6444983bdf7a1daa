import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withEntries, withoutEntries } from '../../src/init/eslint/editConfig.ts'
import { presetEntries } from '../../src/init/eslint/presets.ts'
import { useRepositories } from '../git/fixtures.ts'
import { MANIFEST, alsoInstalled, link, plannedFor, projectIn, read, runInit } from './setUp.ts'

const SQL = "migrationLint.configs['sql-recommended']"
const ENTRIES = ['migrationLint.configs.recommended', SQL]
const ESM = "import migrationLint from 'migration-lint/eslint'"

describe('a flat configuration', () => {
  it.each<[name: string, text: string, expected: string]>([
    [
      'that exports a list',
      "import js from '@eslint/js'\n\nexport default [\n  js.configs.recommended, // ours\n  { rules: {} },\n]\n",
      `import js from '@eslint/js'\n${ESM}\n\nexport default [\n  js.configs.recommended, // ours\n  { rules: {} },\n  ${ENTRIES[0]},\n  ${SQL},\n]\n`,
    ],
    [
      'without a comma after the last element',
      "import js from '@eslint/js';\nexport default [\n  js.configs.recommended\n];\n",
      `import js from '@eslint/js';\n${ESM};\nexport default [\n  js.configs.recommended,\n  ${ENTRIES[0]},\n  ${SQL},\n];\n`,
    ],
    [
      'on one line',
      'export default [{ rules: {} }]\n',
      `${ESM}\nexport default [{ rules: {} }, ${ENTRIES[0]}, ${SQL}]\n`,
    ],
    [
      'of defineConfig, in double quotes',
      'import { defineConfig } from "eslint/config";\nexport default defineConfig([\n\t{ rules: {} },\n]);\n',
      `import { defineConfig } from "eslint/config";\nimport migrationLint from "migration-lint/eslint";\nexport default defineConfig([\n\t{ rules: {} },\n\t${ENTRIES[0]},\n\tmigrationLint.configs["sql-recommended"],\n]);\n`,
    ],
    [
      'of typescript-eslint',
      "import tseslint from 'typescript-eslint'\nexport default tseslint.config(\n  ...tseslint.configs.recommended,\n)\n",
      `import tseslint from 'typescript-eslint'\n${ESM}\nexport default tseslint.config(\n  ...tseslint.configs.recommended,\n  ${ENTRIES[0]},\n  ${SQL},\n)\n`,
    ],
    [
      'of a factory that takes options first',
      "import antfu from '@antfu/eslint-config'\nexport default antfu()\n",
      `import antfu from '@antfu/eslint-config'\n${ESM}\nexport default antfu({}, ${ENTRIES[0]}, ${SQL})\n`,
    ],
    [
      'behind a name and a type',
      "import type { Linter } from 'eslint'\nconst config = [\n  { rules: {} },\n] satisfies Linter.Config[]\nexport default config\n",
      `import type { Linter } from 'eslint'\n${ESM}\nconst config = [\n  { rules: {} },\n  ${ENTRIES[0]},\n  ${SQL},\n] satisfies Linter.Config[]\nexport default config\n`,
    ],
    [
      'in CommonJS',
      "'use strict'\nconst js = require('@eslint/js')\nmodule.exports = [\n  js.configs.recommended,\n]\n",
      `'use strict'\nconst js = require('@eslint/js')\nconst migrationLint = require('migration-lint/eslint')\nmodule.exports = [\n  js.configs.recommended,\n  ${ENTRIES[0]},\n  ${SQL},\n]\n`,
    ],
    [
      'with the line ends of Windows',
      "import js from '@eslint/js'\r\nexport default [\r\n  js.configs.recommended,\r\n]\r\n",
      `import js from '@eslint/js'\r\n${ESM}\r\nexport default [\r\n  js.configs.recommended,\r\n  ${ENTRIES[0]},\r\n  ${SQL},\r\n]\r\n`,
    ],
  ])('%s', async (_, text, expected) => {
    expect(await withEntries('eslint.config.ts', text, ENTRIES)).toBe(expected)
    const back = withoutEntries(expected, ENTRIES)
    expect(
      back
        .replace('js.configs.recommended,\n];', 'js.configs.recommended\n];')
        .replace('antfu({})', 'antfu()'),
    ).toBe(text)
  })

  it.each([
    'export default (await import("./other.js")).default\n',
    'import { make } from "./make.js"\nexport default make([])\n',
    'let list = []\nexport default list\n',
    'export default [\n',
    'export const config = []\n',
  ])('that computes what it exports is left alone: %j', async (text) => {
    expect(await withEntries('eslint.config.mjs', text, ENTRIES)).toBe(null)
  })
})

it('the preset for SQL names the folder where its globs do not find it', () => {
  const entries = (out: string, config = 'eslint.config.js') =>
    presetEntries(config, { out, dialect: 'postgresql' } as never, null).sql
  expect(entries('drizzle')).toBe(SQL)
  expect(entries('apps/api/migrations', 'apps/api/eslint.config.js')).toBe(SQL)
  expect(entries('db/out')).toBe(`{ ...${SQL}, files: ['db/out/**/*.sql'] }`)
  expect(entries('packages/db/drizzle', 'apps/web/eslint.config.js')).toBe(null)
})

describe('in a repository', () => {
  const made = useRepositories()
  const modules = join(import.meta.dirname, '../../node_modules')

  function withEslint(config: string, more: Record<string, string> = {}) {
    const project = projectIn(made.create(), { 'eslint.config.js': config, ...more })
    alsoInstalled(project, 'husky', '9.1.7')
    for (const name of ['eslint', '@eslint', 'typescript-eslint']) {
      link(project, `node_modules/${name}`, join(modules, name))
    }
    return project
  }

  const TYPESCRIPT = `import tseslint from 'typescript-eslint'

export default [
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
]
`

  it('ESLint gets the presets, and lint-staged the schema', async () => {
    const manifest = { ...JSON.parse(MANIFEST), 'lint-staged': { '*.css': 'stylelint' } }
    const text = `${JSON.stringify(manifest, null, 2)}\n`
    const project = withEslint(TYPESCRIPT, { 'package.json': text })
    const before = project.git('rev-parse', 'HEAD')
    const { text: said } = await runInit(project)
    expect(said).not.toContain('left to you')
    expect(read(project, 'eslint.config.js')).toContain(ENTRIES[0])
    expect(JSON.parse(read(project, 'package.json')!)['lint-staged']).toEqual({
      '*.css': 'stylelint',
      'schema.ts': 'eslint',
    })
    expect((await runInit(project)).text).toContain('Everything is set up already')
    await runInit(project, { remove: true })
    project.git('add', '--all')
    expect(project.git('diff', '--cached', '--stat', before)).toBe('')
  })

  it('what crashes on SQL is taken back, and said', async () => {
    const rule = `{ create({ filename }) { if (filename.endsWith('.sql')) throw new Error('no script'); return {} } }`
    const crashing = TYPESCRIPT.replace(
      'export default [',
      `export default [\n  { plugins: { x: { rules: { x: ${rule} } } }, rules: { 'x/x': 'warn' } },`,
    )
    const project = withEslint(crashing)
    const { text } = await runInit(project)
    expect(text).toMatch(/could not try ESLint with it: ESLint fails on drizzle\/.*\.sql/)
    expect(read(project, 'eslint.config.js')).toContain(ENTRIES[0])
    expect(read(project, 'eslint.config.js')).not.toContain('sql-recommended')
  })

  it('a configuration of ESLint that is a program gets no edit but the lines to add', async () => {
    const text = "import { make } from './make.js'\nexport default make()\n"
    const project = projectIn(made.create(), { 'eslint.config.js': text })
    const { edits, notes } = await plannedFor(project)
    expect(edits.has('eslint.config.js')).toBe(false)
    expect(notes.leftovers).toMatchObject([
      {
        message: 'eslint.config.js computes what it exports and is not edited',
        help: `Add these lines to it:\n${ESM}\n${ENTRIES[0]},\n${SQL},`,
      },
    ])
  })

  it('oxlint gets the rules on schema files, and Visual Studio Code on request SQL; both are taken back', async () => {
    const text = '{\n  // ours\n  "rules": {\n    "no-console": "off"\n  }\n}\n'
    const project = projectIn(made.create(), { '.oxlintrc.json': text })
    alsoInstalled(project, 'husky', '9.1.7')
    expect((await plannedFor(project)).edits.has('.vscode/settings.json')).toBe(false)
    await runInit(project, { vscode: true })
    const edited = read(project, '.oxlintrc.json')!
    expect(edited).toContain('"jsPlugins": [\n    "migration-lint/eslint"\n  ]')
    expect(edited).toContain('"migration-lint/require-primary-key": "warn"')
    expect(edited).toContain('// ours')
    expect(JSON.parse(read(project, '.vscode/settings.json')!)['eslint.probe']).toContain('sql')
    rmSync(join(project.path, '.git/migration-lint.init.json'))
    await runInit(project, { remove: true })
    expect(read(project, '.oxlintrc.json')).toBe(text)
    expect(read(project, '.vscode/settings.json')).toBe(null)
  })
})
