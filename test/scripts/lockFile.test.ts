import { describe, expect, it } from 'vitest'
import { isInstalled } from '../../scripts/lockFile.mjs'

const LOCKED = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/a-darwin': { version: '1.0.0', integrity: 'sha512-d', optional: true },
  },
}
const A = LOCKED.packages['node_modules/a']

describe('the lock file is installed', () => {
  it('where npm has installed each of its packages', () => {
    expect(isInstalled(LOCKED, { packages: { 'node_modules/a': A } })).toBe(true)
  })

  it.each([
    ['one is missing', {}],
    ['one has another version', { 'node_modules/a': { ...A, version: '1.0.1' } }],
    ['one has another content', { 'node_modules/a': { ...A, integrity: 'sha512-b' } }],
    ['there is one more', { 'node_modules/a': A, 'node_modules/b': A }],
  ])('not where %s', (_what, packages) => {
    expect(isInstalled(LOCKED, { packages })).toBe(false)
  })
})
