import { rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SchemaComparison } from '../../../src/drizzle/kit/schemaComparison.ts'
import { builtCli } from '../../built.ts'
import {
  type Files,
  comparisonIn,
  generated,
  inShort,
  modulesOf,
  projectWith,
  verdictIn,
  write,
} from './kits.ts'
import { BASE_PROJECT } from './scenarios.ts'
import { BASE, config, edit } from './schemas.ts'

const NEEDED = 'needs: posts.body added'

/** What verdicts are kept in, and how often one was worked out anew. */
const kept = new Map<string, unknown>()
let asked = 0
const cache = {
  get: (key: string) => kept.get(key),
  set(key: string, value: unknown) {
    asked++
    // As a file would: what comes back is another object.
    kept.set(key, JSON.parse(JSON.stringify(value)))
  },
}

let folder: string
let migrations: Files
let snapshot: string

// A schema that depends on something of every kind.
const project: Files = {
  'drizzle.config.ts': config(
    `schema: './src/*.ts', dbCredentials: { url: process.env.DATABASE_URL! }`,
  ),
  'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
  'tsconfig.base.json':
    '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./lib/*"] } } }',
  'lib/names.ts': `export { title } from './parts'\n`,
  'lib/parts/index.ts': `export const title = 'title'\n`,
  'node_modules/dependency/package.json': '{ "name": "dependency", "version": "1.0.0" }',
  'node_modules/dependency/index.js': 'exports.one = 1\n',
  '.env': 'TITLE_TYPE=text\n',
  'README.md': '# Ours\n',
  'elsewhere/other.ts': 'export const one = 1\n',
  'src/schema.ts': `import 'dependency'\nimport { title } from '@/names'\n${edit(
    BASE,
    [`title: text('title').notNull(),`, `title: text(title).notNull(),\n  ...extra(),`],
    [
      `export const posts`,
      `function extra() {
  const more: Record<string, ReturnType<typeof text>> = {}
  if (process.env.TITLE_TYPE !== 'text' || process.env.MORE_COLUMNS) more['body'] = text('body')
  try {
    Object.assign(more, require('../lib/optional').columns)
  } catch {
    // There is none.
  }
  return more
}
export const posts`,
    ],
  )}`,
}

beforeAll(async () => {
  builtCli()
  migrations = generated('0.31.11', BASE_PROJECT)
  snapshot = Object.keys(migrations).find((path) => path.endsWith('_snapshot.json'))!
  folder = projectWith('0.31.11', { ...project, ...migrations })
  expect(await ask()).toEqual({ verdict: 'clean', isNew: true })
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function ask(
  more: Partial<SchemaComparison> = {},
): Promise<{ verdict: string; isNew: boolean }> {
  const before = asked
  const verdict = inShort(await verdictIn(folder, { cache, ...more }))
  return { verdict, isNew: asked > before }
}

function relink(name: string, version: '0.28.1' | '0.31.11'): void {
  unlinkSync(join(folder, 'node_modules', name))
  symlinkSync(join(modulesOf(version), name), join(folder, 'node_modules', name))
}

describe('nothing is asked twice', () => {
  test('where nothing changed', async () => {
    expect(await ask()).toEqual({ verdict: 'clean', isNew: false })
  })

  test('where a file changed that has nothing to do with it', async () => {
    write(folder, { 'README.md': '# Theirs\n', 'elsewhere/other.ts': '}', 'elsewhere/new.ts': '}' })
    expect(await ask()).toEqual({ verdict: 'clean', isNew: false })
  })

  test('where a migration is needed', async () => {
    write(folder, {
      'src/schema.ts': edit(project['src/schema.ts']!, [
        '...extra(),',
        `...extra(),\n  body: text('body'),`,
      ]),
    })
    expect(await ask()).toEqual({ verdict: NEEDED, isNew: true })
    expect(await ask()).toEqual({ verdict: NEEDED, isNew: false })
  })

  test('on the way between two branches', async () => {
    const there = edit(project['src/schema.ts']!, [
      '...extra(),',
      `...extra(),\n  body: text('body'),`,
    ])
    write(folder, { 'src/schema.ts': project['src/schema.ts']! })
    expect(await ask()).toEqual({ verdict: 'clean', isNew: false })
    write(folder, { 'src/schema.ts': there })
    expect(await ask()).toEqual({ verdict: NEEDED, isNew: false })
    write(folder, { 'src/schema.ts': project['src/schema.ts']! })
  })
})

describe('it is asked again when there is another', () => {
  interface Change {
    readonly files?: Files
    readonly env?: Readonly<Record<string, string>>
    readonly set?: () => () => void
    readonly more?: Partial<SchemaComparison>
    readonly verdict: string | RegExp
  }
  const changes: readonly (readonly [string, () => Change])[] = [
    [
      'content of the schema',
      () => ({
        files: { 'src/schema.ts': `// tables\n${project['src/schema.ts']!}` },
        verdict: 'clean',
      }),
    ],
    [
      'content of a file that it imports',
      () => ({
        files: { 'lib/parts/index.ts': `export const title = 'caption'\n` },
        verdict: /^asks: column posts\.title/,
      }),
    ],
    [
      'file for its glob',
      () => ({
        files: {
          'src/tags.ts': `import { pgTable, text } from 'drizzle-orm/pg-core'\nexport const tags = pgTable('tags', { name: text('name') })\n`,
        },
        verdict: 'needs: table tags added',
      }),
    ],
    [
      'file where one was looked for in vain',
      () => ({
        files: {
          'lib/optional.ts': `import { text } from 'drizzle-orm/pg-core'\nexport const columns = { body: text('body') }\n`,
        },
        verdict: NEEDED,
      }),
    ],
    [
      'file that is found before the other',
      () => ({
        files: { 'lib/parts.ts': `export const title = 'caption'\n` },
        verdict: /^asks: column posts\.title/,
      }),
    ],
    [
      'snapshot',
      () => ({
        files: {
          [snapshot]: edit(
            migrations[snapshot]!,
            ['"display_name"', '"shown_as"'],
            ['"display_name"', '"shown_as"'],
          ),
        },
        verdict: /^asks: column users\.shown_as/,
      }),
    ],
    [
      'journal',
      () => ({
        files: { 'drizzle/meta/_journal.json': `${migrations['drizzle/meta/_journal.json']!}\n` },
        verdict: 'clean',
      }),
    ],
    [
      'config',
      () => ({
        files: { 'drizzle.config.ts': `// ours\n${project['drizzle.config.ts']!}` },
        verdict: 'clean',
      }),
    ],
    [
      'tsconfig',
      () => ({
        files: { 'tsconfig.json': '{ "extends": "./tsconfig.base.json", "files": [] }' },
        verdict: 'clean',
      }),
    ],
    [
      'tsconfig that a tsconfig extends',
      () => ({
        files: {
          'tsconfig.base.json':
            '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./other/*"] } } }',
          'other/names.ts': `export const title = 'caption'\n`,
        },
        verdict: /^asks: column posts\.title/,
      }),
    ],
    ['.env', () => ({ files: { '.env': 'TITLE_TYPE=varchar\n' }, verdict: NEEDED })],
    ['variable of the environment', () => ({ env: { MORE_COLUMNS: 'yes' }, verdict: NEEDED })],
    [
      'version of a package',
      () => ({
        files: {
          'node_modules/dependency/package.json': '{ "name": "dependency", "version": "1.0.10" }',
        },
        verdict: 'clean',
      }),
    ],
    [
      'drizzle-kit',
      () => ({
        set() {
          relink('drizzle-kit', '0.28.1')
          return () => relink('drizzle-kit', '0.31.11')
        },
        verdict: /./,
      }),
    ],
    [
      'drizzle-orm',
      () => ({
        set() {
          relink('drizzle-orm', '0.28.1')
          return () => relink('drizzle-orm', '0.31.11')
        },
        verdict: /./,
      }),
    ],
    [
      'Node',
      () => ({
        set() {
          const own = Object.getOwnPropertyDescriptor(process, 'version')!
          Object.defineProperty(process, 'version', { ...own, value: 'v99.0.0' })
          return () => Object.defineProperty(process, 'version', own)
        },
        verdict: 'clean',
      }),
    ],
  ]

  test.each(changes)('%s', async (_name, change) => {
    const { files = {}, env = {}, set, verdict } = change()
    expect((await ask()).verdict).toBe('clean')
    const reset = set?.()
    write(folder, files)
    Object.assign(process.env, env)
    try {
      const now = await ask()
      expect(now.isNew).toBe(true)
      expect(now.verdict).toMatch(verdict)
      expect(await ask()).toEqual({ ...now, isNew: false })
    } finally {
      for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name)
      for (const path of Object.keys(files)) {
        const before = project[path] ?? migrations[path]
        if (before === undefined) rmSync(join(folder, path))
        else write(folder, { [path]: before })
      }
      reset?.()
    }
  })

  test('casing', async () => {
    const { project: found } = await comparisonIn(folder)
    const now = await ask({ project: { ...found, casing: 'snake_case' } })
    expect(now).toEqual({ verdict: 'clean', isNew: true })
  })
})

test('what could not be told is asked again', async () => {
  write(folder, { 'src/schema.ts': '}' })
  const now = await ask()
  expect(now.verdict).toMatch(/^unknown/)
  expect(now.isNew).toBe(false)
  write(folder, { 'src/schema.ts': project['src/schema.ts']! })
})
