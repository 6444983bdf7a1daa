import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')

/** As ESLint has them, from the ground up; its configuration is JavaScript. */
const { storeys } = (await import(path.join(root, 'eslint.config.js'))) as {
  storeys: readonly (readonly string[])[]
}

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
    ['src/lint/new.ts', "import { relative } from 'node:path'", 'relativePath'],
    ['src/lint/new.ts', "import 'fs'", 'node:fs'],
    ['src/lint/new.ts', 'process.exit(1)', 'Only cli.ts exits'],
    ['src/lint/new.ts', "console.log('x')", 'Unexpected console statement'],
  ])('in %s refuses %s', async (file, code, reason) => {
    expect(await complaints(file, code)).toEqual([expect.stringContaining(reason)])
  })
})

describe('the imports, types included', () => {
  it('run in no circle between folders, down to the second level', () => {
    expect(circlesIn(folderImports(2))).toEqual([])
  })

  it('run downwards only', () => {
    const heights = new Map(storeys.flatMap((storey, height) => storey.map((one) => [one, height])))
    const upwards = [...folderImports(1)].flatMap(([from, targets]) =>
      [...targets]
        .filter((to) => heights.get(to)! >= heights.get(from)!)
        .map((to) => `${from} > ${to}`),
    )
    expect(upwards).toEqual([])
  })

  it('go to folders that have a storey', () => {
    const known = new Set<string>(storeys.flat())
    expect([...folderImports(1).keys()].filter((folder) => !known.has(folder))).toEqual([])
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

  it.each([
    ...readdirSync(path.join(root, 'hooks')).map((name) => [`hooks/${name}`, 'sh'] as const),
    ['.ci/run', 'bash'] as const,
  ])('that is run as a script, %s, is executable and what %s can read', (file, shell) => {
    const answer = spawnSync(shell, ['-n', path.join(root, file)], { encoding: 'utf8' })
    expect(answer).toMatchObject({ status: 0, stderr: '' })
    // Where git converts line ends, a shell would take the \r for a part of the last word.
    expect(read(file)).not.toContain('\r')
    expect(attribute('eol', file)).toBe('lf')
    if (process.platform !== 'win32') {
      expect(statSync(path.join(root, file)).mode & 0o111).toBe(0o111)
    }
  })
})

/** What .gitattributes says of a file. */
function attribute(name: string, file: string): string {
  const { stdout } = spawnSync('git', ['check-attr', name, file], { cwd: root, encoding: 'utf8' })
  return stdout.trim().split(': ').at(-1)!
}

/** What ESLint says about a file of ours if it held this code; without the rules that need types. */
async function complaints(file: string, code: string): Promise<string[]> {
  const untyped = { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] }
  const eslint = new ESLint({ cwd: root, overrideConfig: [untyped as never] })
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path.join(root, file) })
  return result!.messages.map(({ message }) => message)
}

/**
 * Which folder imports which, so many levels deep: `drizzle/kit`, and `rules`. The entries at the top
 * of `src` are left out, as is what lies inside one another.
 */
function folderImports(levels: number): Map<string, Set<string>> {
  const folderOf = (file: string): string =>
    path
      .dirname(file)
      .replace(/^src\//, '')
      .split('/')
      .slice(0, file.startsWith('rules/') ? 1 : levels)
      .join('/')
  const found = new Map<string, Set<string>>()
  for (const file of ownFiles().filter((one) => /^(?:src\/[^/]+|rules)\/.*\.ts$/.test(one))) {
    const from = folderOf(file)
    const targets = found.get(from) ?? new Set()
    found.set(from, targets)
    for (const [, imported] of read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const to = folderOf(path.join(path.dirname(file), imported!))
      const isInside = `${to}/`.startsWith(`${from}/`) || `${from}/`.startsWith(`${to}/`)
      if (!isInside) targets.add(to)
    }
  }
  return found
}

/** The folders that lead back to themselves. */
function circlesIn(imports: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...imports.keys()].filter((start) => {
    const seen = new Set<string>()
    const next = [...imports.get(start)!]
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      next.push(...(imports.get(at) ?? []))
    }
    return seen.has(start)
  })
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
