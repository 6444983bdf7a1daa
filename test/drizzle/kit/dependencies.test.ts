import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ProjectFiles,
  areUnchanged,
  dependenciesOf,
} from '../../../src/drizzle/kit/dependencies.ts'
import type { KitTrace } from '../../../src/drizzle/kit/request.ts'
import { writeFiles } from '../../check/projects.ts'
import { createFolder } from '../../git/repository.ts'
import { memoryTree } from '../memoryTree.ts'

let root: string
beforeEach(() => {
  root = createFolder()
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const noted = (files: Readonly<Record<string, string>>, trace: Partial<KitTrace>) =>
  dependenciesOf(
    { reads: [], absent: [], env: {}, values: {}, packages: [], endedBy: null, ...trace },
    root,
    root,
    new ProjectFiles(root, memoryTree(files)),
  )
const holds = (dependencies: ReturnType<typeof noted>, files: Readonly<Record<string, string>>) =>
  areUnchanged(dependencies, new ProjectFiles(root, memoryTree(files)))

describe('what an answer depends on', () => {
  test('content of the tree, whatever the disk says', () => {
    writeFiles(root, { 'a.ts': 'on disk' })
    const dependencies = noted({ 'a.ts': 'staged' }, { reads: [join(root, 'a.ts')] })
    writeFiles(root, { 'a.ts': 'saved again' })
    expect(holds(dependencies, { 'a.ts': 'staged' })).toBe(true)
    expect(holds(dependencies, { 'a.ts': 'staged again' })).toBe(false)
  })

  test('content on disk, of a file that is not in the tree', () => {
    writeFiles(root, { 'a.ts': 'one' })
    const dependencies = noted({}, { reads: [join(root, 'a.ts')] })
    expect(holds(dependencies, {})).toBe(true)
    writeFiles(root, { 'a.ts': 'two' })
    expect(holds(dependencies, {})).toBe(false)
  })

  test('a blob id is worth the content', () => {
    const blob = new ProjectFiles(root, memoryTree({ 'a.ts': 'one' })).contentId('a.ts')!
    const tree = memoryTree({ 'a.ts': 'never read' }, { blobs: { 'a.ts': blob } })
    expect(
      areUnchanged(
        noted({ 'a.ts': 'one' }, { reads: [join(root, 'a.ts')] }),
        new ProjectFiles(root, tree),
      ),
    ).toBe(true)
  })

  test('files that were not there', () => {
    const dependencies = noted({ 'src/a.ts': '' }, { absent: [join(root, 'gone/b.ts')] })
    expect(holds(dependencies, { 'src/a.ts': '' })).toBe(true)
    expect(holds(dependencies, { 'src/a.ts': '', 'gone/b.ts': '' })).toBe(false)
  })

  test('names beside what was read', () => {
    const dependencies = noted({ 'src/a.ts': '' }, { reads: [join(root, 'src/a.ts')] })
    expect(holds(dependencies, { 'src/a.ts': '', 'src/b.ts': '' })).toBe(false)
    expect(holds(dependencies, { 'src/a.ts': '', 'src/a/index.ts': '' })).toBe(false)
  })

  test('the environment', () => {
    const dependencies = noted({}, { env: { MIGRATION_TEST_VARIABLE: null } })
    expect(holds(dependencies, {})).toBe(true)
    process.env['MIGRATION_TEST_VARIABLE'] = 'set'
    try {
      expect(holds(dependencies, {})).toBe(false)
    } finally {
      delete process.env['MIGRATION_TEST_VARIABLE']
    }
  })

  test('the environment, of which nobody can read a value', () => {
    const dependencies = noted({}, { env: { DATABASE_URL: 'postgres://u:canary@h/d' } })
    expect(JSON.stringify(dependencies)).not.toContain('canary')
    const other = noted({}, { env: { DATABASE_URL: 'postgres://u:canary@h/d' } })
    expect(other.env).not.toEqual(dependencies.env)
  })

  test('a file that the tree does not have is not there, though it lies on disk', () => {
    writeFiles(root, { 'src/a.ts': 'an older one is src/a/index.ts' })
    const around = (files: Readonly<Record<string, string>>, changed: readonly string[]) =>
      new ProjectFiles(root, { ...memoryTree(files), changedOnDisk: () => changed })
    const old = { 'src/a/index.ts': '' }
    const fresh = { ...old, 'src/a.ts': 'an older one is src/a/index.ts' }
    const dependencies = dependenciesOf(
      {
        reads: [join(root, 'src/a.ts')],
        absent: [],
        env: {},
        values: {},
        packages: [],
        endedBy: null,
      },
      root,
      root,
      around(fresh, []),
    )
    expect(areUnchanged(dependencies, around(fresh, []))).toBe(true)
    expect(areUnchanged(dependencies, around(old, ['src/a.ts']))).toBe(false)
  })

  test('installed packages', () => {
    writeFiles(root, { 'node_modules/x/package.json': '{}' })
    const dependencies = noted(
      {},
      { packages: [join(root, 'node_modules/x'), join(root, 'node_modules/gone')] },
    )
    expect(holds(dependencies, {})).toBe(true)
    writeFiles(root, { 'node_modules/x/package.json': '{ "version": "2.0.0" }' })
    expect(holds(dependencies, {})).toBe(false)
  })
})
