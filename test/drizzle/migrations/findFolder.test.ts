import { describe, expect, it } from 'vitest'
import { findFolder } from '../../../src/drizzle/migrations/findFolder.ts'
import { readMigrationFolder } from '../../../src/drizzle/migrations/folder.ts'
import { folders, journaled } from './journals.ts'
import { memoryTree } from '../memoryTree.ts'

function found(
  out: string,
  after: Record<string, string>,
  deployed: Record<string, string>,
): { path: string; names: string[] } {
  const here = memoryTree(after)
  const folder = findFolder(readMigrationFolder(here, out), here, memoryTree(deployed))
  return { path: folder.path, names: folder.migrations.map(({ name }) => name) }
}

describe("a project's folder in another tree", () => {
  it('is the one at the same path', () => {
    expect(found('db', journaled('db', ['0000_a', '0001_b']), journaled('db', ['0000_a']))).toEqual(
      { path: 'db', names: ['0000_a'] },
    )
  })

  it('is the same one in the other layout', () => {
    expect(found('db', folders('db', ['20260101000000_a']), journaled('db', ['0000_a']))).toEqual({
      path: 'db',
      names: ['0000_a'],
    })
  })

  it('is the one that holds the first migration, where it was renamed', () => {
    expect(
      found('packages/db/drizzle', journaled('packages/db/drizzle', ['0000_a', '0001_b']), {
        ...journaled('drizzle', ['0000_a']),
        ...journaled('other', ['0000_z']),
      }),
    ).toEqual({ path: 'drizzle', names: ['0000_a'] })
  })

  it('is the one that shares most, where several hold the first', () => {
    expect(
      found('new', journaled('new', ['0000_init', '0001_a', '0002_b']), {
        ...journaled('one', ['0000_init', '0001_x']),
        ...journaled('two', ['0000_init', '0001_a']),
      }),
    ).toEqual({ path: 'two', names: ['0000_init', '0001_a'] })
  })

  it('is found by the names of folders, too', () => {
    expect(
      found('new', folders('new', ['20260101000000_a']), folders('old', ['20260101000000_a'])),
    ).toEqual({ path: 'old', names: ['20260101000000_a'] })
  })

  it('is no folder that is still there beside it', () => {
    expect(
      found(
        'drizzle/pg',
        {
          ...journaled('drizzle/pg', ['0000_init']),
          ...journaled('drizzle/main', ['0000_init']),
        },
        journaled('drizzle/main', ['0000_init']),
      ),
    ).toEqual({ path: 'drizzle/pg', names: [] })
  })

  it('is no folder of another dialect', () => {
    expect(
      found('pg', journaled('pg', ['0000_init']), journaled('lite', ['0000_init'], 'sqlite')),
    ).toEqual({ path: 'pg', names: [] })
  })

  it('is empty for a new project, even if some other journal is broken', () => {
    expect(
      found('drizzle', journaled('drizzle', ['0000_a']), { 'old/meta/_journal.json': '{' }),
    ).toEqual({ path: 'drizzle', names: [] })
  })

  it('is a problem where its own journal is broken', () => {
    expect(() =>
      found('drizzle', journaled('drizzle', ['0000_a']), { 'drizzle/meta/_journal.json': '{' }),
    ).toThrow(/_journal\.json .* is not valid JSON/)
  })
})
