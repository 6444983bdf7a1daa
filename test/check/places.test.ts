import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findPlaces } from '../../src/check/places.ts'

let top: string

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'ml-places-')))
  mkdirSync(join(top, 'apps/api/src'), { recursive: true })
})

afterEach(() => {
  rmSync(top, { recursive: true, force: true })
})

test('in a checkout the root is its top', () => {
  mkdirSync(join(top, '.git'))
  writeFileSync(join(top, '.git/HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(top, 'apps/api/package.json'), '{}')
  const cwd = join(top, 'apps/api/src')
  expect(findPlaces(cwd, {})).toEqual({ root: top, cwd })
})

test('outside of git it is the nearest folder with a package.json', () => {
  writeFileSync(join(top, 'apps/api/package.json'), '{}')
  const cwd = join(top, 'apps/api/src')
  expect(findPlaces(cwd, {})).toEqual({ root: join(top, 'apps/api'), cwd })
})

test('symbolic links are followed on both sides', () => {
  mkdirSync(join(top, '.git'))
  writeFileSync(join(top, '.git/HEAD'), 'ref: refs/heads/main\n')
  const link = join(top, 'link')
  symlinkSync(join(top, 'apps/api'), link)
  expect(findPlaces(link, {})).toEqual({ root: top, cwd: join(top, 'apps/api') })
})
