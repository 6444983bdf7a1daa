import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { schemaFiles } from '../../../src/drizzle/kit/schemaFiles.ts'
import { createFolder } from '../../git/repository.ts'
import { memoryTree } from '../memoryTree.ts'

let root: string
beforeEach(() => {
  root = createFolder()
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const paths = [
  'db/a.ts',
  'db/a.test.ts',
  'db/.hidden.ts',
  'db/index.ts',
  'db/README.md',
  'db/deep/b.ts',
  'db/[id].ts',
  'schema.ts',
]
const tree = memoryTree(Object.fromEntries(paths.map((path) => [path, ''])))

describe('the files that a schema names', () => {
  test.each([
    ['a file', ['schema.ts'], ['schema.ts']],
    ['a file whose name looks like a pattern', ['db/[id].ts'], ['db/[id].ts']],
    ['a folder: the files directly in it', ['db/deep'], ['db/deep/b.ts']],
    [
      'a pattern without hidden files',
      ['db/*.ts'],
      ['db/[id].ts', 'db/a.test.ts', 'db/a.ts', 'db/index.ts'],
    ],
    ['a pattern of any depth', ['db/**/b.ts'], ['db/deep/b.ts']],
    ['what a pattern leaves out', ['db/!(*.test|index|[[]id[]]).ts'], ['db/a.ts']],
    ['alternatives', ['{schema,db/a}.ts'], ['db/a.ts', 'schema.ts']],
    ['several that meet', ['schema.ts', '*.ts'], ['schema.ts']],
  ])('%s', async (_name, patterns, files) => {
    expect(await schemaFiles(root, tree, patterns)).toEqual({ files, unmatched: [] })
  })

  test('what matches nothing is told', async () => {
    expect(await schemaFiles(root, tree, ['schema.ts', 'gone.ts', 'gone/*.ts'])).toEqual({
      files: ['schema.ts'],
      unmatched: ['gone.ts', 'gone/*.ts'],
    })
  })

  test('a link counts for what it leads to, if the tree has that', async () => {
    mkdirSync(join(root, 'db/deep'), { recursive: true })
    symlinkSync('db/deep', join(root, 'linked'))
    symlinkSync('/', join(root, 'outside'))
    expect(await schemaFiles(root, tree, ['linked', 'outside'])).toEqual({
      files: ['db/deep/b.ts'],
      unmatched: ['outside'],
    })
  })
})
