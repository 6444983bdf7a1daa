import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findKit, interfaceOf } from '../../../src/drizzle/kit/installation.ts'
import { writeFiles } from '../../check/projects.ts'
import { createFolder } from '../../git/repository.ts'

describe('how a version is asked', () => {
  test.each([
    ['0.20.18', null],
    ['0.23.2', null],
    ['0.24.0', 'api'],
    ['0.31.11', 'api'],
    ['1.0.0-beta.1', null],
    ['1.0.0-beta.2-86f844e', null],
    ['1.0.0-rc.3', null],
    ['1.0.0-rc.4', 'explain'],
    ['1.0.0-rc.10', 'explain'],
    ['1.0.0', 'explain'],
    ['2.3.4', 'explain'],
    ['undefined', null],
  ])('%s: %s', (version, way) => {
    expect(interfaceOf(version)).toBe(way)
  })
})

describe('the installed drizzle-kit', () => {
  let root: string
  beforeEach(() => {
    root = createFolder()
  })
  afterEach(() => {
    rmSync(root, { recursive: true })
  })
  const manifest = (name: string, version: string) => JSON.stringify({ name, version })

  test('is the nearest one above', () => {
    writeFiles(root, {
      'node_modules/drizzle-kit/package.json': manifest('drizzle-kit', '0.30.0'),
      'node_modules/drizzle-orm/package.json': manifest('drizzle-orm', '0.45.4'),
      'packages/db/node_modules/drizzle-kit/package.json': manifest('drizzle-kit', '0.31.11'),
      'packages/db/src/x.ts': '',
    })
    expect(findKit(join(root, 'packages/db/src'))).toEqual({
      folder: join(root, 'packages/db/node_modules/drizzle-kit'),
      version: '0.31.11',
      orm: '0.45.4',
    })
    expect(findKit(join(root, 'packages'))?.version).toBe('0.30.0')
  })

  test('may be none, or a folder that is not there', () => {
    expect(findKit(root)).toBeNull()
    expect(findKit(join(root, 'gone/deeper'))).toBeNull()
  })
})
