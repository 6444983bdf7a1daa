import { describe, expect, it } from 'vitest'
import { readDrizzleConfig } from '../../../src/drizzle/find/readConfig.ts'
import type { Reading } from '../../../src/drizzle/find/reading.ts'

/** A reading for comparison: the value, undefined where absent, `? reason` where unreadable. */
function shown(reading: Reading<unknown>): unknown {
  if (reading.kind === 'value') return reading.value
  return reading.kind === 'absent' ? undefined : `? ${reading.reason}`
}

async function read(source: string, path = 'packages/db/drizzle.config.ts') {
  const reading = await readDrizzleConfig(source, path)
  return {
    dialect: shown(reading.dialect),
    driver: shown(reading.driver),
    out: shown(reading.out),
    schema: shown(reading.schema),
    casing: shown(reading.casing),
    prefix: shown(reading.prefix),
  }
}

const relative = (path: string) => ({ path, from: 'working directory' })
const fromRoot = (path: string) => ({ path, from: 'root' })

describe('a drizzle config is read', () => {
  it.each([
    ['export default defineConfig', `export default defineConfig({ out: 'o', dialect: 'mysql' })`],
    ['a plain object', `export default { out: './o', dialect: 'mysql' }`],
    ['satisfies', `export default { out: './o', dialect: 'mysql' } satisfies Config`],
    ['as', `export default { out: './o', dialect: 'mysql' } as Config`],
    [
      'satisfies around the call',
      `export default defineConfig({ out: 'o', dialect: 'mysql' }) satisfies Config`,
    ],
    ['a type assertion', `export default <Config>{ out: './o', dialect: 'mysql' }`],
    ['a constant', `const config: Config = { out: 'o', dialect: 'mysql' }\nexport default config`],
    ['a named default', `const c = { out: './o', dialect: 'mysql' }\nexport { c as default }`],
    [
      'CommonJS',
      `const { defineConfig } = require('drizzle-kit')
      module.exports = defineConfig({ out: 'o', dialect: 'mysql' })`,
    ],
    [
      'CommonJS with a member call',
      `const kit = require('drizzle-kit')
      module.exports = kit.defineConfig({ out: 'o', dialect: 'mysql' })`,
    ],
    ['exports.default', `exports.default = { out: './o', dialect: 'mysql' }`],
    ['export =', `export = { out: './o', dialect: 'mysql' }`],
    ['an arrow function', `export default () => ({ out: './o', dialect: 'mysql' })`],
    ['a function', `export default function () { return { out: './o', dialect: 'mysql' } }`],
    [
      'a local factory',
      `function make(name) { return { out: name, dialect: 'mysql' } }
      export default make('./o')`,
    ],
    [
      'a factory with a default',
      `const make = (name = './o') => ({ out: name, dialect: 'mysql' })
      export default make()`,
    ],
  ])('%s', async (_, source) => {
    const { out, dialect } = await read(source)
    expect({ out, dialect }).toEqual({ out: relative('o'), dialect: 'mysql' })
  })

  it('from JSON, without a parser', async () => {
    const source = JSON.stringify({ dialect: 'sqlite', out: './o', schema: ['a.ts', 'b.ts'] })
    const { dialect, out, schema } = await read(source, 'drizzle.config.json')
    expect(dialect).toBe('sqlite')
    expect(out).toEqual(relative('o'))
    expect(schema).toEqual([relative('a.ts'), relative('b.ts')])
  })

  it('though it would throw without its environment', async () => {
    const { out, dialect } = await read(`
      import 'dotenv/config'
      import { env } from '@/env'
      if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL is missing')
      export default defineConfig({
        dialect: 'postgresql', out: './o', dbCredentials: { url: env.DATABASE_URL },
      })`)
    expect({ out, dialect }).toEqual({ out: relative('o'), dialect: 'postgresql' })
  })
})

describe('an absent key', () => {
  it('is told from an unreadable one', async () => {
    expect(await read(`export default { schema: './schema.ts' }`)).toEqual({
      dialect: undefined,
      driver: undefined,
      out: undefined,
      schema: [relative('schema.ts')],
      casing: undefined,
      prefix: undefined,
    })
  })
})

describe('a value can be', () => {
  const value = async (expression: string, before = '') =>
    (await read(`${before}\nexport default { casing: ${expression} }`)).casing

  it.each([
    [`'a'`, '', 'a'],
    ['`a`', '', 'a'],
    ['`a${part}`', `const part = 'b'`, 'ab'],
    [`'a' + part`, `const part = 'b'`, 'ab'],
    [`name`, `const name = 'a'`, 'a'],
    [`name`, `let name = 'a'`, 'a'],
    [`names.one`, `const names = { one: 'a' }`, 'a'],
    [`names['one']`, `const names = { one: 'a' }`, 'a'],
    [`one`, `const { one } = { one: 'a' }`, 'a'],
    [`one`, `const { one = 'a' } = process.env`, 'a'],
    [`process.env.X ?? 'a'`, '', 'a'],
    [`process.env.X || 'a'`, '', 'a'],
    [`process.env['X'] ?? 'a'`, '', 'a'],
    [`env.X ?? 'a'`, `import { env } from './env'`, 'a'],
    [`kind ?? 'a'`, `const kind = process.env.KIND`, 'a'],
    [`undefined ?? 'a'`, '', 'a'],
    [`'' || 'a'`, '', 'a'],
    [`'a' as const`, '', 'a'],
    [`('a')`, '', 'a'],
    [`process.env.X ? 'a' : 'a'`, '', 'a'],
    [`kind === 'pg' ? 'a' : 'b'`, `const kind = process.env.KIND || 'pg'`, 'a'],
    [`'a\\\\b'.replace(/\\\\/g, '/')`, '', 'a/b'],
    [`f()`, `const f = () => { if (process.env.X) { return 'a' } return 'a' }`, 'a'],
  ])('%s', async (expression, before, expected) => {
    expect(await value(expression, before)).toBe(expected)
  })

  it.each([
    [`process.env.X`, '', '`process.env.X` is only known at run time'],
    [`process.env.X!`, '', '`process.env.X` is only known at run time'],
    [`process.env.X ? 'a' : 'b'`, '', 'it depends on a condition'],
    [`process.env.X ?? process.env.Y`, '', '`process.env.Y` is only known at run time'],
    [`casing()`, '', '`casing()` is only known at run time'],
    [`name`, `import { name } from './names'`, "`name` is imported from './names'"],
    [`name`, `let name = 'a'; if (x) name = 'b'`, '`name` is changed after its declaration'],
    [`o.a`, `const o = { a: 'a' }; o.a = 'b'`, '`o.a` is only known at run time'],
    [`a`, `const a = b, b = a`, 'it refers to itself'],
    [`f()`, `async function f() { return 'a' }`, 'it is computed asynchronously'],
    [`f('a')`, `const a = 'x'; const f = ({ a }) => a`, '`a` is only known at run time'],
    [`['a']`, '', 'it is not a string'],
  ])('unreadable: %s', async (expression, before, reason) => {
    expect(await value(expression, before)).toBe(`? ${reason}`)
  })
})

describe('objects are put together', () => {
  it('by shorthand', async () => {
    const { out } = await read(`const out = './o'\nexport default { out }`)
    expect(out).toEqual(relative('o'))
  })

  it('by spreading a local object, where the last word counts', async () => {
    const { out, dialect, casing } = await read(`
      const base = { out: './base', dialect: 'mysql', casing: 'snake_case' } as const
      export default defineConfig({ casing: 'camelCase', ...base, out: './o' })`)
    expect({ out, dialect, casing }).toEqual({
      out: relative('o'),
      dialect: 'mysql',
      casing: 'snake_case',
    })
  })

  it('by a spread that only sets other keys, whatever the condition', async () => {
    const { out, driver } = await read(`
      const remote = () => process.env.CI ? { driver: 'd1-http' } : { dbCredentials: {} }
      const loud = process.env.X && { verbose: true }
      export default defineConfig({ out: './o', ...remote(), ...loud })`)
    expect(out).toEqual(relative('o'))
    expect(driver).toBe('? it depends on a condition')
  })

  it('by an unreadable spread, which may set what stands before it', async () => {
    const { out, dialect, casing } = await read(`
      import { shared } from '@acme/drizzle'
      export default { out: './o', ...shared, dialect: 'mysql' }`)
    expect(out).toBe("? `shared` is imported from '@acme/drizzle'")
    expect(casing).toBe("? `shared` is imported from '@acme/drizzle'")
    expect(dialect).toBe('mysql')
  })

  it('by a condition, key by key', async () => {
    const { out, dialect } = await read(`
      export default process.env.LOCAL
        ? defineConfig({ out: './o', dialect: 'sqlite' })
        : defineConfig({ out: './o', dialect: 'turso' })`)
    expect(out).toEqual(relative('o'))
    expect(dialect).toBe('? it depends on a condition')
  })
})

describe('paths', () => {
  it.each([
    [`path.join(__dirname, 'drizzle')`, fromRoot('packages/db/drizzle')],
    [`path.resolve(__dirname, '..', 'drizzle')`, fromRoot('packages/drizzle')],
    [`join(import.meta.dirname, 'drizzle')`, fromRoot('packages/db/drizzle')],
    [`import.meta.dir + '/drizzle'`, fromRoot('packages/db/drizzle')],
    [`path.posix.join(__dirname, 'drizzle')`, fromRoot('packages/db/drizzle')],
    ['`${__dirname}/drizzle`', fromRoot('packages/db/drizzle')],
    [`fileURLToPath(new URL('./drizzle', import.meta.url))`, fromRoot('packages/db/drizzle')],
    [`new URL('./drizzle/', import.meta.url).pathname`, fromRoot('packages/db/drizzle')],
    [`path.join(path.dirname(fileURLToPath(import.meta.url)), 'd')`, fromRoot('packages/db/d')],
    [`path.resolve('drizzle')`, relative('drizzle')],
    [`path.resolve(process.cwd(), './drizzle')`, relative('drizzle')],
    [`'./drizzle/'`, relative('drizzle')],
    [`'.\\\\drizzle\\\\pg'`, relative('drizzle/pg')],
    [`'../../drizzle'`, relative('../../drizzle')],
    [`'.'`, relative('')],
    [`'/srv/drizzle'`, '? `/srv/drizzle` is an absolute path'],
    [`require.resolve('@acme/db')`, "? `require.resolve('@acme/db')` is only known at run time"],
    [`['a', 'b'].join('/')`, "? `['a', 'b'].join('/')` is only known at run time"],
  ])('%s', async (expression, expected) => {
    const { out } = await read(`
      import path, { join } from 'node:path'
      import { fileURLToPath } from 'node:url'
      export default { out: ${expression} }`)
    expect(out).toEqual(expected)
  })

  it('a local __dirname', async () => {
    const { out } = await read(`
      import { dirname, resolve } from 'path'
      import { fileURLToPath } from 'url'
      const __filename = fileURLToPath(import.meta.url)
      const __dirname = dirname(__filename)
      export default { out: resolve(__dirname, 'drizzle') }`)
    expect(out).toEqual(fromRoot('packages/db/drizzle'))
  })

  it('a schema of several globs', async () => {
    const { schema } = await read(`
      const folder = './src/schema'
      const more = ['./a.ts']
      export default { schema: [\`\${folder}/!(*.test).ts\`, ...more] }`)
    expect(schema).toEqual([relative('src/schema/!(*.test).ts'), relative('a.ts')])
  })

  it('a schema of which one part is unreadable', async () => {
    const { schema } = await read(`export default { schema: ['./a.ts', process.env.SCHEMA] }`)
    expect(schema).toBe('? `process.env.SCHEMA` is only known at run time')
  })
})

describe('other keys', () => {
  it('the driver of old kits and the prefix of file names', async () => {
    const { driver, prefix } = await read(
      `export default { driver: 'pg', migrations: { prefix: 'timestamp' } }`,
    )
    expect({ driver, prefix }).toEqual({ driver: 'pg', prefix: 'timestamp' })
  })
})

describe('a config of which nothing can be read says why', () => {
  it.each([
    ['drizzle.config.ts', 'export default {', 'syntax error: '],
    ['drizzle.config.json', '{ "out": ', 'it is not valid JSON'],
    ['drizzle.config.ts', `export const out = './o'`, 'it has no default export'],
    ['drizzle.config.ts', `export default [{ out: './o' }]`, 'the config exports no object'],
    ['drizzle.config.ts', `export { default } from './base'`, `it is exported from './base'`],
    ['drizzle.config.ts', `import c from '@a/c'; export default c`, "`c` is imported from '@a/c'"],
    ['drizzle.config.ts', `export default await load()`, '`await load()` is only known'],
  ])('%s: %s', async (path, source, reason) => {
    const { out, dialect } = await read(source, path)
    expect(out).toContain(`? ${reason}`)
    expect(dialect).toEqual(out)
  })
})
