import { describe, expect, test } from 'vitest'
import { readLiteral } from '../../src/config/literal.ts'

const read = (text: string) => readLiteral('migration-lint.config.ts', text)

describe('a default export is read without running it', () => {
  test.each([
    ['an object', `export default { base: 'trunk', n: -1, t: true, z: null, u: undefined }`],
    ['satisfies', `export default { base: 'trunk', n: -1, t: true, z: null } satisfies Config`],
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
  ])('%s', async (_, text) => {
    expect(await read(text)).toEqual({ value: { base: 'trunk', n: -1, t: true, z: null } })
  })

  test('lists, also spread', async () => {
    const text = `const more = ['b', 'c']; export default { list: ['a', ...more], empty: [] }`
    expect(await read(text)).toEqual({ value: { list: ['a', 'b', 'c'], empty: [] } })
  })
})

describe('what would have to be run is not read, and said why', () => {
  test.each([
    ['export default { base: process.env.BASE }', /has to be run \(MemberExpression\)/],
    ['export default { base: `x${y}` }', /has to be run \(TemplateLiteral\)/],
    ['export default { base: other }', /it uses "other", whose value is not in the file/],
    ['let base = "a"; base = "b"; export default { base }', /it uses "base"/],
    ['const a = { b }; const b = { a }; export default a', /it uses "a"/],
    ['export default merge({})', /has to be run \(CallExpression\)/],
    ['export default () => ({})', /has to be run \(ArrowFunctionExpression\)/],
    ['export default function f() {}', /no default export of an object/],
    ['export const config = {}', /no default export of an object/],
    ['export default { [key]: 1 }', /computed key/],
    ['export default { get a() { return 1 } }', /computed key/],
    ['export default { ...[1] }', /spreads something that is no object/],
    ['export default { a: }', /syntax error/],
    ['export default { a: /x/ }', /has to be run \(Literal\)/],
  ])('%s', async (text, why) => {
    expect(await read(text)).toEqual({
      unreadable: expect.stringMatching(why) as string,
      isSyntaxError: text === 'export default { a: }',
    })
  })
})
