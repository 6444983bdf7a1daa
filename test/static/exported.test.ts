import { describe, expect, test } from 'vitest'
import { dataOf } from '../../src/static/data.ts'
import { defaultExport } from '../../src/static/exported.ts'
import { loadModuleParserSync } from '../../src/static/parser.ts'
import type { Mode } from '../../src/static/runtime.ts'

const exported = (text: string, mode: Mode) =>
  defaultExport(loadModuleParserSync(), text, 'migration-lint.config.ts', mode)
const read = (text: string) => dataOf(exported(text, 'certain'))

describe('a default export is read without running it', () => {
  test.each([
    ['an object', `export default { base: 'trunk', n: -1, t: true, z: null, u: undefined }`],
    ['satisfies', `export default { base: 'trunk', n: -1, t: !0, z: null } satisfies Config`],
    [
      'defineConfig and as const',
      `export default defineConfig({ base: \`trunk\`, 'n': -1, t: true, z: null } as const)`,
    ],
    [
      'constants, shorthand and spread',
      `const base = 'trunk'
       export const shared: Partial<Config> = { n: -1, t: true }
       const config = { base, ...shared, z: null }
       export default config`,
    ],
    ['CommonJS', `module.exports = { base: 'tr' + 'unk', n: -1, t: true, z: null }`],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual({ data: { base: 'trunk', n: -1, t: true, z: null } })
  })

  test('lists, also spread', () => {
    const text = `const more = ['b', 'c']; export default { list: ['a', ...more], empty: [], hole: [,] }`
    expect(read(text)).toEqual({
      data: { list: ['a', 'b', 'c'], empty: [], hole: [undefined] },
    })
  })
})

describe('what depends on where it runs is not certain, and said why', () => {
  test.each([
    ['export default { base: process.env.BASE }', '`process.env.BASE` is only known at run time'],
    [`export default { base: process.env.BASE ?? 'main' }`, '`process.env.BASE` is only known'],
    ['export default { base: `x${y}` }', '`y` is only known at run time'],
    ['export default { base: other }', '`other` is only known at run time'],
    [`import other from './other'\nexport default other`, `is imported from './other'`],
    [`let base = "a"; base = "b"; export default { base }`, '`base` is changed after'],
    ['const a = { b }; const b = { a }; export default a', 'it refers to itself'],
    ['export default merge({})', '`merge({})` is only known at run time'],
    ['export default { out: process.cwd() }', '`process.cwd()` is only known at run time'],
    ['export default { out: __dirname }', '`__dirname` is only known at run time'],
    [`const f = () => 'a'\nexport default { base: f() }`, '`f()` is only known at run time'],
    ['export default () => ({})', 'it contains a function'],
    ['export default function f() {}', 'it contains a function'],
    ['export const config = {}', 'it has no default export'],
    ['export default { [key]: 1 }', 'a computed key may set it'],
    ['export default { get a() { return 1 } }', 'is only known at run time'],
    ['export default { ...[1] }', 'it spreads something that is not an object'],
    ['export default { a: /x/ }', '`/x/` is only known at run time'],
    ['export default { a: }', 'syntax error: '],
  ])('%s', (text, why) => {
    const found = read(text)
    expect('data' in found ? found.data : found.reason).toContain(why)
  })
})

describe('what it usually is', () => {
  test.each([
    [`export default process.env.BASE ?? 'main'`, 'main'],
    [`export default () => 'called'`, 'called'],
    [`import { join } from 'node:path'\nexport default join(__dirname, 'a')`, '/<root>/a'],
  ])('%s', (text, value) => {
    expect(exported(text, 'usual')).toEqual({ kind: 'literal', value })
  })
})
