import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { ProblemError } from '../../src/finding/problem.ts'

const rules = [{ name: 'drop-column', meta: {} }]

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ml-config-'))
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(file: string, content: string | object): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content))
}

const load = (explicit: string | null = null) => loadConfig(root, explicit, rules)

async function problem(explicit: string | null = null) {
  const error: unknown = await load(explicit).catch((thrown: unknown) => thrown)
  if (!(error instanceof ProblemError)) throw new Error(`no problem, but ${String(error)}`)
  expect(error.problem.message).not.toContain('\n')
  return error.problem
}

describe('where it is found', () => {
  test('nowhere: the defaults hold', async () => {
    expect(await load()).toEqual({ config: {}, source: null })
  })

  test('in package.json', async () => {
    write('package.json', { name: 'x', migrationLint: { base: 'trunk' } })
    expect(await load()).toEqual({ config: { base: 'trunk' }, source: 'package.json' })
  })

  test('a package.json without the key is none, even one that is not valid JSON', async () => {
    write('package.json', '{ <<<<<<< HEAD')
    expect((await load()).source).toBeNull()
  })

  test.each(['package.json', 'migration-lint.config.json', 'migration-lint.config.mjs'])(
    'not in a %s that is a named pipe, or a device that never ends',
    async (file) => {
      execFileSync('mkfifo', [join(root, file)])
      expect((await problem()).message).toBe(`${file} is not a regular file, so it was not read`)
      rmSync(join(root, file))
      symlinkSync('/dev/zero', join(root, file))
      expect((await problem()).message).toBe(`${file} is not a regular file, so it was not read`)
    },
  )

  const extensions = ['json', 'js', 'mjs', 'ts', 'mts']

  test.each(extensions)('in migration-lint.config.%s', async (extension) => {
    const file = `migration-lint.config.${extension}`
    write('package.json', { type: 'module' })
    write(file, extension === 'json' ? { base: 'trunk' } : "export default { base: 'trunk' }")
    expect(await load()).toEqual({ config: { base: 'trunk' }, source: file })
  })

  test('in migration-lint.config.cjs', async () => {
    write('migration-lint.config.cjs', "module.exports = { base: 'trunk' }")
    expect((await load()).config).toEqual({ base: 'trunk' })
  })

  test('where --config says, whatever else there is', async () => {
    write('migration-lint.config.json', { base: 'one' })
    write('package.json', { migrationLint: { base: 'two' } })
    write('ci/lint.json', { base: 'three' })
    expect(await load(join(root, 'ci/lint.json'))).toEqual({
      config: { base: 'three' },
      source: 'ci/lint.json',
    })
    expect((await load('package.json')).config).toEqual({ base: 'two' })
  })

  test('twice is an error naming both', async () => {
    write('migration-lint.config.json', { base: 'one' })
    write('package.json', { migrationLint: { base: 'two' } })
    expect((await problem()).message).toBe(
      'there is more than one configuration: migration-lint.config.json and "migrationLint" in ' +
        'package.json',
    )
  })

  test('two files are as much an error', async () => {
    write('migration-lint.config.json', {})
    write('migration-lint.config.mjs', 'export default {}')
    expect((await problem()).message).toBe(
      'there is more than one configuration: migration-lint.config.mjs and ' +
        'migration-lint.config.json',
    )
  })
})

describe('what cannot be read is one line that names the file', () => {
  test('--config names nothing', async () => {
    expect(await problem('nowhere.json')).toEqual({
      message: 'the configuration nowhere.json cannot be read (ENOENT)',
      file: 'nowhere.json',
      help: 'Name an existing file with --config, or leave it out.',
    })
  })

  test('--config names a package.json without the key', async () => {
    write('package.json', {})
    expect((await problem('package.json')).message).toBe('package.json has no "migrationLint"')
  })

  test('invalid JSON', async () => {
    write('migration-lint.config.json', '{ "base": }')
    expect((await problem()).message).toMatch(
      /^migration-lint\.config\.json is not valid JSON: Unexpected token/,
    )
  })

  test('a package.json with the key and a conflict marker', async () => {
    write('package.json', '<<<<<<< HEAD\n{ "migrationLint": {} }')
    expect((await problem()).message).toMatch(/^package\.json is not valid JSON/)
  })

  test('a module that throws', async () => {
    write('migration-lint.config.mjs', "throw new Error('DATABASE_URL is not set\\nat x')")
    expect(await problem()).toEqual({
      message: 'migration-lint.config.mjs cannot be loaded: DATABASE_URL is not set',
      file: 'migration-lint.config.mjs',
      help:
        'Correct migration-lint.config.mjs; it has to export the configuration as its default ' +
        'export.',
    })
  })

  test('TypeScript with a syntax error', async () => {
    write('migration-lint.config.ts', 'export default {')
    const { message } = await problem()
    expect(message).toMatch(/^migration-lint\.config\.ts cannot be loaded: /)
  })

  test('a module that needs this package, where it is not installed', async () => {
    write(
      'migration-lint.config.mjs',
      `import { defineConfig } from 'migration-lint'
       export default defineConfig({ base: process.env.NOWHERE })`,
    )
    expect((await problem()).message).toMatch(
      /^migration-lint\.config\.mjs cannot be loaded: Cannot find package 'migration-lint'/,
    )
  })

  test('a module without a default export', async () => {
    write('migration-lint.config.mjs', 'export const base = 1')
    expect((await problem()).message).toBe('migration-lint.config.mjs has no default export')
  })

  test('a wrong value in package.json names the key too', async () => {
    write('package.json', { migrationLint: { bas: 'x' } })
    expect((await problem()).message).toBe(
      'package.json, "migrationLint": unknown key "bas": did you mean "base"?',
    )
  })
})

describe('defineConfig', () => {
  const text = `import { defineConfig } from 'migration-lint'
    export default defineConfig({ base: 'trunk', rules: { 'drop-column': 'off' } })`
  const config = { base: 'trunk', rules: { 'drop-column': 'off' } }

  test.each(['ts', 'mjs'])('needs no installed package to be read from .%s', async (extension) => {
    write(`migration-lint.config.${extension}`, text)
    expect((await load()).config).toEqual(config)
  })

  test('is imported where the package is installed', async () => {
    write('node_modules/migration-lint/package.json', { type: 'module', exports: './index.js' })
    write(
      'node_modules/migration-lint/index.js',
      'export const defineConfig = (config) => ({ ...config, base: config.base + "!" })',
    )
    write('migration-lint.config.mjs', text)
    expect((await load()).config.base).toBe('trunk!')
  })
})

describe.skipIf('typescript' in process.features && process.features.typescript)(
  'TypeScript that has to be run, on a Node that cannot',
  () => {
    const text = 'export default { base: process.env.PATH ? "computed" : "" }'

    test('is a problem that says what can be done', async () => {
      write('migration-lint.config.ts', text)
      const { message, help } = await problem()
      expect(message).toBe(
        'migration-lint.config.ts cannot be read without running it: it depends on a condition; ' +
          `and Node ${process.versions.node} cannot run TypeScript`,
      )
      expect(help).toBe(
        'Write it as one literal object, rename it to .mjs, use Node 22.18 or later or add jiti.',
      )
    })

    test("goes through the project's jiti", async () => {
      write('node_modules/jiti/package.json', { type: 'module', exports: './index.js' })
      write(
        'node_modules/jiti/index.js',
        `export const createJiti = () => ({ import: async (path) => {
          if (!path.endsWith('migration-lint.config.ts')) throw new Error('wrong path ' + path)
          return { default: { base: 'computed' } }
        } })`,
      )
      write('migration-lint.config.ts', text)
      expect((await load()).config).toEqual({ base: 'computed' })
    })
  },
)
