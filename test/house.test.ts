import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')

describe('the layers, which ESLint guards', () => {
  it.each([
    ['src/catalog/new.ts', '../finding/problem.ts'],
    ['src/catalog/new.ts', '../dialects/names.ts'],
    ['src/dialects/new.ts', '../drizzle/find/project.ts'],
    ['src/git/new.ts', '../dialects/effects.ts'],
    ['src/schema/new.ts', '../lint/rule.ts'],
    ['src/drizzle/new.ts', '../lint/rule.ts'],
    ['src/lint/new.ts', '../drizzle/find/project.ts'],
    ['src/lint/new.ts', '../commands/run.ts'],
    ['src/check/new.ts', '../../rules/index.ts'],
    ['src/check/new.ts', '../commands/run.ts'],
    ['src/check/new.ts', '../eslint/createPlugin.ts'],
    ['src/report/deep/new.ts', '../../commands/run.ts'],
    ['src/commands/new.ts', '../cli.ts'],
    ['src/eslint/new.ts', '../../rules/index.ts'],
    ['src/eslint/new.ts', '../commands/run.ts'],
    ['rules/migration/new.ts', '../../src/commands/run.ts'],
  ])('%s may not import %s', async (file, imported) => {
    expect(await complaints(file, `import '${imported}'`)).toEqual([
      expect.stringContaining('stands below it or beside it'),
    ])
  })

  it.each([
    ['rules/migration/new.ts', '../../src/dialects/postgres/sql/parser.ts'],
    ['rules/schema/new.ts', '../../src/git/tree.ts'],
    ['src/lint/new.ts', '../git/tree.ts'],
    ['src/lint/new.ts', '../dialects/postgres/load.ts'],
  ])('%s may not import %s either', async (file, imported) => {
    expect(await complaints(file, `import '${imported}'`)).toEqual([
      expect.stringMatching(/A rule is handed what it judges|knows neither git nor a dialect/),
    ])
  })

  it.each([
    ['src/dialects/new.ts', '../catalog/names.ts'],
    ['src/dialects/new.ts', './postgres/sql/parser.ts'],
    ['src/drizzle/new.ts', '../git/tree.ts'],
    ['rules/migration/new.ts', '../../src/lint/rule.ts'],
    ['rules/migration/new.ts', '../../src/dialects/effects.ts'],
    ['rules/schema/new.ts', '../../src/schema/read.ts'],
    ['src/commands/new.ts', '../git/tree.ts'],
    ['src/commands/new.ts', '../../rules/index.ts'],
    ['src/eslint/sql/new.ts', '../../lint/judge.ts'],
    ['src/cli.ts', './commands/run.ts'],
    ['src/docs.ts', './commands/run.ts'],
  ])('%s may import %s', async (file, imported) => {
    expect(await complaints(file, `import '${imported}'`)).toEqual([])
  })

  it('refuses a cycle', async () => {
    const code = "import { findTable } from './catalog.ts'\nexport const nameKey = findTable"
    expect(await complaints('src/catalog/names.ts', code)).toEqual([
      expect.stringContaining('cycle'),
    ])
  })

  it.each([
    ['src/lint/new.ts', "import 'simple-git'", 'git/ is the only place that talks to git'],
    ['src/lint/new.ts', "import 'fs'", 'node:fs'],
    ['src/lint/new.ts', 'process.exit(1)', 'Only cli.ts exits'],
    ['src/lint/new.ts', "console.log('x')", 'Unexpected console statement'],
  ])('in %s refuses %s', async (file, code, reason) => {
    expect(await complaints(file, code)).toEqual([expect.stringContaining(reason)])
  })
})

describe('the files', () => {
  const files = ownFiles()

  it('are named after what they hold', () => {
    const vague = /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/
    expect(files.filter((file) => vague.test(file))).toEqual([])
  })

  it('leave nothing for later', () => {
    const code = files.filter((file) => /^(src|rules|hooks)\//.test(file))
    const unfinished = /\b(TODO|FIXME|XXX)\b/
    expect(code.filter((file) => unfinished.test(read(file)))).toEqual([])
  })

  it('that git and CI run are executable and are what their shell can read', () => {
    for (const [file, shell] of [
      ['hooks/pre-commit', 'sh'],
      ['.ci/run', 'bash'],
    ] as const) {
      const answer = spawnSync(shell, ['-n', path.join(root, file)], { encoding: 'utf8' })
      expect(answer).toMatchObject({ status: 0, stderr: '' })
      expect(statSync(path.join(root, file)).mode & 0o111).toBe(0o111)
    }
  })
})

/** What ESLint says about a file of ours if it held this code; without the rules that need types. */
async function complaints(file: string, code: string): Promise<string[]> {
  const untyped = { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] }
  const eslint = new ESLint({ cwd: root, overrideConfig: [untyped as never] })
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path.join(root, file) })
  return result!.messages.map(({ message }) => message)
}

/** The files of the folders that people write, relative to the repository. */
function ownFiles(): string[] {
  const folders = ['src', 'rules', 'hooks', 'test', 'bench']
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
    )
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}
