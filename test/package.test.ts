import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { npmCommand } from '../scripts/npm.mjs'
import { builtCli } from './built.ts'
import { installed as installedOnce } from './installed.ts'

const root = path.join(import.meta.dirname, '..')

let project: string
let installed: string
let packedFiles: string[]
let npmSaid: string

beforeAll(() => {
  builtCli()
  project = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'installed-')))
  installed = path.join(project, 'node_modules/migration-lint')
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', project]
  const [tarball] = JSON.parse(npm(root, ...pack)) as PackedTarball[]
  packedFiles = tarball!.files.map((file) => file.path)
  writeFileSync(path.join(project, 'package.json'), '{ "type": "module", "private": true }')
  // What it depends on is there already: npm then needs no registry to install it.
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const modules = path.join(installedOnce(dependencies), 'node_modules')
  cpSync(modules, path.join(project, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  const [command, args] = npmCommand(['install', '--offline', `./${tarball!.filename}`])
  const { status, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' })
  npmSaid = stderr
  if (status !== 0) throw new Error(stderr)
  symlinkSync(path.join(root, 'node_modules/eslint'), path.join(project, 'node_modules/eslint'))
})

afterAll(() => {
  rmSync(project, { recursive: true, force: true })
})

describe('the installed command', () => {
  it('prints its version through the .bin symlink', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    expect(migrationLint('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('prints its help through the .bin symlink', () => {
    const { status, stdout } = migrationLint('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('migration-lint [options]')
  })

  it('answers a wrong option with exit code 2', () => {
    const { status, stderr } = migrationLint('--stagd')
    expect(status).toBe(2)
    expect(stderr).toContain('--stagd')
  })
})

describe('judging with the installed command', () => {
  const judge = () => migrationLint('--since', '0000_users', '--format', 'json')
  const cache = () => path.join(project, 'node_modules/.cache/migration-lint')
  const keptCode = () => readdirSync(cache()).filter((name) => name.includes(process.version))

  beforeAll(() => {
    mkdirSync(path.join(project, 'drizzle/meta'), { recursive: true })
    const tags = ['0000_users', '0001_bio']
    const entries = tags.map((tag, idx) => ({
      idx,
      version: '7',
      when: idx + 1,
      tag,
      breakpoints: true,
    }))
    write('drizzle.config.ts', `export default { dialect: 'postgresql' }`)
    write(
      'drizzle/meta/_journal.json',
      JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
    )
    write('drizzle/0000_users.sql', 'CREATE TABLE "users" ("id" integer PRIMARY KEY);')
    write('drizzle/0001_bio.sql', 'ALTER TABLE "users" ADD COLUMN "bio" text NOT NULL;')
  })

  it('finds what is wrong', () => {
    const { status, stdout, stderr } = judge()
    expect(stderr).toBe('')
    expect(status).toBe(1)
    expect(JSON.parse(stdout).findings).toMatchObject([
      { rule: 'required-column-without-default', object: 'users.bio', line: 1 },
    ])
  })

  it('keeps the compiled code for the next run, which says the same', () => {
    const first = judge()
    const kept = keptCode()
    expect(kept.map((name) => name.replace(/^.*x64-|^.*arm64-/, ''))).toEqual([
      'main',
      'postgres',
      'rest',
      'run-since',
    ])
    const stamps = () => keptCode().map((name) => statSync(path.join(cache(), name)).mtimeMs)
    const before = stamps()
    expect(judge()).toEqual(first)
    expect(keptCode()).toEqual(kept)
    expect(stamps()).toEqual(before)
  })

  it('adds to it what another kind of run needs', () => {
    const sizeOfMain = () => {
      const [name = ''] = keptCode().filter((one) => one.endsWith('-main'))
      return statSync(path.join(cache(), name)).size
    }
    const before = sizeOfMain()
    expect(migrationLint('drizzle/0001_bio.sql').status).toBe(1)
    expect(sizeOfMain()).toBeGreaterThan(before)
    const after = sizeOfMain()
    judge()
    expect(sizeOfMain()).toBe(after)
  })

  it('does without kept code that is damaged, and mends it', () => {
    const first = judge()
    const needed = keptCode().filter((name) => /-(?:main|postgres)$/.test(name))
    for (const name of needed) writeFileSync(path.join(cache(), name), 'half of it')
    expect(judge()).toEqual(first)
    for (const name of needed)
      expect(statSync(path.join(cache(), name)).size).toBeGreaterThan(10_000)
  })

  it('says how to install the database that verify runs migrations on', () => {
    const { status, stdout } = migrationLint('verify', '--since', '0000_users')
    expect(stdout).toContain('Install it: npm install --save-dev @electric-sql/pglite@0.5\n')
    expect(status).toBe(2)
  })

  it('reads a configuration that is a module', () => {
    write(
      'migration-lint.config.mjs',
      `export default { rules: { 'required-column-without-default': 'off' } }`,
    )
    expect(judge()).toMatchObject({ status: 0, stderr: '' })
    rmSync(path.join(project, 'migration-lint.config.mjs'))
  })
})

describe('the installed plugin for ESLint', () => {
  const config = `import migrationLint from 'migration-lint/eslint'
    export default [migrationLint.configs['sql-recommended']]`

  it('lints SQL from the command line of ESLint, and from an editor', () => {
    write('eslint.config.js', config)
    mkdirSync(path.join(project, 'migrations'), { recursive: true })
    write('migrations/a.sql', '-- é\nDROP TABLE "users";')
    const bin = path.join(project, 'node_modules/eslint/bin/eslint.js')
    const place = { ruleId: 'migration-lint/drop-table', line: 2, column: 12, endColumn: 19 }
    const eslint = (input: string, ...parameters: string[]) => {
      const run = [bin, '--format', 'json', ...parameters]
      const { stdout, stderr } = spawnSync(process.execPath, run, {
        cwd: project,
        input,
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      return JSON.parse(stdout)
    }
    expect(eslint('', 'migrations')).toMatchObject([{ messages: [place] }])
    const typed = ['--stdin', '--stdin-filename', 'migrations/a.sql']
    expect(eslint('DROP TABLE a;', ...typed)).toMatchObject([
      { messages: [{ line: 1, endColumn: 13 }] },
    ])
  })

  it('has types that check a configuration', () => {
    write(
      'eslint.config.ts',
      `import { defineConfig } from 'eslint/config'
      import migrationLint, { type SqlLanguageOptions } from 'migration-lint/eslint'
      export default defineConfig([
        migrationLint.configs.recommended,
        {
          ...migrationLint.configs['sql-strict'],
          files: ['db/*.sql'],
          languageOptions: { migrator: 'none', postgres: { version: 16 } } satisfies SqlLanguageOptions,
        },
        ...migrationLint.configs.all,
        { plugins: { 'migration-lint': migrationLint }, extends: ['migration-lint/sql-recommended'] },
      ])
      // @ts-expect-error no such preset
      export const bad = migrationLint.configs.recomended`,
    )
    write(
      'required.cts',
      `import migrationLint = require('migration-lint/eslint')
      export const preset = migrationLint.configs.recommended`,
    )
    expect(typeErrors('eslint.config.ts', 'required.cts')).toBe('')
  })
})

describe('the installed command', () => {
  it('judges a whole history in several threads as in one', () => {
    const tags = Array.from({ length: 240 }, (_, i) => `${String(i).padStart(4, '0')}_step`)
    const entries = tags.map((tag, idx) => ({
      idx,
      version: '7',
      when: idx,
      tag,
      breakpoints: true,
    }))
    for (const folder of ['one', 'other']) {
      mkdirSync(path.join(project, folder, 'drizzle/meta'), { recursive: true })
      write(
        `${folder}/drizzle.config.ts`,
        `export default { dialect: 'postgresql', out: './drizzle' }`,
      )
      write(`${folder}/drizzle/meta/_journal.json`, JSON.stringify({ entries }))
      for (const [i, tag] of tags.entries()) {
        write(`${folder}/drizzle/${tag}.sql`, `CREATE TABLE t${i} (a int);\nDROP TABLE t${i - 1};`)
      }
    }
    // A format that shows the deployments needs them all in one thread.
    const judged = (...more: string[]) => {
      const args = ['--all', '--only', 'migration', '--format', 'json', ...more]
      const cli = path.join(installed, 'dist/cli.cjs')
      const { stdout } = spawnSync(process.execPath, [cli, ...args], {
        cwd: project,
        encoding: 'utf8',
        maxBuffer: 1e8,
      })
      return JSON.parse(stdout) as { findings: unknown[] }
    }
    const threads = judged()
    expect(threads.findings.length).toBeGreaterThan(400)
    expect(threads).toEqual(judged('--format', 'report=report.md'))
    for (const folder of ['one', 'other']) rmSync(path.join(project, folder), { recursive: true })
  })
})

describe('the installed module', () => {
  it('gives defineConfig', () => {
    const script = `import { defineConfig } from 'migration-lint'
      console.log(JSON.stringify(defineConfig({ base: 'main' })))`
    const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: project,
      encoding: 'utf8',
    })
    expect(JSON.parse(answer)).toEqual({ base: 'main' })
  })

  it('has types that check a configuration, without needing any of ours', () => {
    writeFileSync(
      path.join(project, 'migration-lint.config.ts'),
      `import { defineConfig } from 'migration-lint'
      export const good = defineConfig({ base: 'main', rules: { 'drop-column': 'warn' } })
      // @ts-expect-error no such key
      export const bad = defineConfig({ bse: 'main' })`,
    )
    expect(typeErrors('migration-lint.config.ts')).toBe('')
  })
})

describe('the tarball', () => {
  it('holds what is run and read, and no sources or tests', () => {
    expect(packedFiles).toEqual(
      expect.arrayContaining([
        'dist/cli.cjs',
        'dist/eslint.js',
        'dist/index.js',
        'hooks/pre-commit',
        'LICENSE',
      ]),
    )
    const folders = new Set(packedFiles.map((file) => file.split('/')[0]))
    for (const folder of ['src', 'rules', 'test', 'bench', '.husky', '.ci']) {
      expect(folders).not.toContain(folder)
    }
    expect(packedFiles).not.toContain('dist/docs.js')
  })

  it.each(['pre-commit', 'pre-merge-commit', 'pre-push', 'post-merge'])(
    'keeps %s executable',
    (name) => {
      expect(statSync(path.join(installed, 'hooks', name)).mode & 0o111).toBe(0o111)
    },
  )

  it('installs without a script that npm would warn of', () => {
    expect(npmSaid).not.toMatch(/install-scripts|allowScripts/)
  })

  it('holds the declarations that its entries reach, and no others', () => {
    const declarations = packedFiles.filter((file) => file.endsWith('.d.ts'))
    expect(declarations).toContain('dist/types/src/index.d.ts')
    const named = new Set<string>()
    for (const file of declarations) {
      const text = readFileSync(path.join(installed, file), 'utf8')
      for (const [, name] of text.matchAll(/from '(\.[^']+)\.ts'/g)) {
        named.add(path.posix.join(path.posix.dirname(file), `${name}.d.ts`))
      }
    }
    const entries = ['dist/types/src/index.d.ts', 'dist/types/src/eslint.d.ts']
    expect(new Set([...entries, ...named])).toEqual(new Set(declarations))
  })

  it('has types for a rule of one’s own, as the docs write it', () => {
    const page = readFileSync(path.join(root, 'docs/writing-rules.md'), 'utf8')
    const [, rule] = /```js\n([^]*?)```/.exec(page)!
    write('rule.mts', rule!)
    write('wrong.mts', rule!.replace('AddColumn(change)', 'AddColum(change)'))
    expect(typeErrors('rule.mts')).toBe('')
    expect(typeErrors('wrong.mts')).toContain('AddColum')
  })

  it('is what publint expects of a package', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it('installs within 16 MB, everything it depends on included', () => {
    expect(size(path.join(project, 'node_modules')) / 1e6).toBeLessThan(16)
  })
})

interface PackedTarball {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

function npm(cwd: string, ...parameters: string[]): string {
  const [command, args] = npmCommand(parameters)
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] })
}

/** What TypeScript says about files of the project. */
function typeErrors(...files: string[]): string {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const run = [tsc, '--noEmit', '--strict', '--module', 'nodenext', ...files]
  return spawnSync(process.execPath, run, { cwd: project, encoding: 'utf8' }).stdout
}

function migrationLint(...parameters: string[]) {
  const bin = path.join(project, 'node_modules/.bin/migration-lint')
  const { status, stdout, stderr } = spawnSync(bin, parameters, { cwd: project, encoding: 'utf8' })
  return { status, stdout, stderr }
}

function size(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.reduce((sum, file) => sum + statSync(path.join(file.parentPath, file.name)).size, 0)
}

function write(file: string, text: string): void {
  writeFileSync(path.join(project, file), text)
}
