import { describe, expect, it } from 'vitest'
import { readMigrationFolder } from '../../../src/drizzle/migrations/folder.ts'
import { snapshotPath } from '../../../src/drizzle/migrations/layout.ts'
import { journal } from './journals.ts'
import { memoryTree } from '../memoryTree.ts'

describe("drizzle-kit 0.x's layout", () => {
  it('lists migrations in the order of the journal, not of their names', () => {
    const tree = memoryTree(
      {
        'drizzle/meta/_journal.json': journal(['0001_b', '0000_a']),
        'drizzle/0000_a.sql': '',
        'drizzle/0001_b.sql': '',
      },
      { blobs: { 'drizzle/0000_a.sql': 'abc' } },
    )
    expect(readMigrationFolder(tree, 'drizzle')).toMatchObject({
      layout: 'journal',
      path: 'drizzle',
      migrations: [
        { name: '0001_b', file: 'drizzle/0001_b.sql', position: 0 },
        { name: '0000_a', file: 'drizzle/0000_a.sql', position: 1, blob: 'abc' },
      ],
      orphans: [],
      missing: [],
    })
  })

  it('keeps the journal for whoever judges the history', () => {
    const tree = memoryTree({
      'drizzle/meta/_journal.json': JSON.stringify({
        version: '7',
        dialect: 'pg',
        entries: [{ idx: 3, version: '7', when: 1700000000000, tag: '0003_x', breakpoints: false }],
      }),
    })
    const read = readMigrationFolder(tree, 'drizzle').journal
    expect(read).toEqual({
      path: 'drizzle/meta/_journal.json',
      version: '7',
      dialect: 'pg',
      entries: [{ idx: 3, version: '7', when: 1700000000000, tag: '0003_x', breakpoints: false }],
    })
  })

  it('tells SQL that nothing names and entries that have no SQL', () => {
    const tree = memoryTree({
      'drizzle/meta/_journal.json': journal(['0000_a', '0001_gone', '0002_c']),
      'drizzle/0000_a.sql': '',
      'drizzle/0002_c.sql': '',
      'drizzle/0002_by_hand.sql': '',
      'drizzle/README.md': '',
      'drizzle/meta/0000_snapshot.json': '{}',
    })
    const folder = readMigrationFolder(tree, 'drizzle')
    expect(folder.migrations.map(({ name, position }) => [name, position])).toEqual([
      ['0000_a', 0],
      ['0002_c', 2],
    ])
    expect(folder.missing).toEqual([
      {
        name: '0001_gone',
        file: 'drizzle/0001_gone.sql',
        snapshot: 'drizzle/meta/0001_snapshot.json',
        position: 1,
      },
    ])
    expect(folder.orphans).toEqual(['drizzle/0002_by_hand.sql'])
  })

  it("leaves other dialects' folders inside it alone", () => {
    const tree = memoryTree({
      'drizzle/meta/_journal.json': journal(['0000_a'], 'sqlite'),
      'drizzle/0000_a.sql': '',
      'drizzle/mysql/meta/_journal.json': journal(['0000_m'], 'mysql'),
      'drizzle/mysql/0000_m.sql': '',
    })
    expect(readMigrationFolder(tree, 'drizzle').orphans).toEqual([])
    expect(readMigrationFolder(tree, 'drizzle').migrations).toHaveLength(1)
    expect(readMigrationFolder(tree, 'drizzle/mysql').migrations).toHaveLength(1)
  })

  it('may lie at the root', () => {
    const tree = memoryTree({
      'meta/_journal.json': journal(['0000_a']),
      '0000_a.sql': '',
      'seed.sql': '',
      'src/other.sql': '',
    })
    expect(readMigrationFolder(tree, '')).toMatchObject({
      migrations: [{ name: '0000_a', file: '0000_a.sql' }],
      orphans: ['seed.sql'],
    })
  })

  it('wins over folders that look like those of 1.0', () => {
    const tree = memoryTree({
      'drizzle/meta/_journal.json': journal(['0000_a']),
      'drizzle/0000_a.sql': '',
      'drizzle/20260101000000_b/migration.sql': '',
    })
    expect(readMigrationFolder(tree, 'drizzle')).toMatchObject({
      layout: 'journal',
      migrations: [{ name: '0000_a' }],
    })
  })
})

describe("drizzle-kit 1.0's layout", () => {
  it('lists every folder with a migration.sql by name', () => {
    const tree = memoryTree({
      'drizzle/20260102000000_b-c/migration.sql': '',
      'drizzle/20260102000000_b/migration.sql': '',
      'drizzle/20260102000000_b/snapshot.json': '{}',
      'drizzle/20260101000000_a/migration.sql': '',
      'drizzle/by-hand/migration.sql': '',
      'drizzle/empty/snapshot.json': '{}',
    })
    const folder = readMigrationFolder(tree, 'drizzle')
    expect(folder.layout).toBe('folders')
    expect(folder.journal).toBeNull()
    expect(folder.migrations.map(({ name }) => name)).toEqual([
      '20260101000000_a',
      '20260102000000_b',
      '20260102000000_b-c',
      'by-hand',
    ])
    expect(folder.migrations[0]).toEqual({
      name: '20260101000000_a',
      file: 'drizzle/20260101000000_a/migration.sql',
      snapshot: 'drizzle/20260101000000_a/snapshot.json',
      position: 0,
    })
  })

  it('tells SQL that is no migration.sql', () => {
    const tree = memoryTree({
      'drizzle/20260101000000_a/migration.sql': '',
      'drizzle/20260101000000_a/revert.sql': '',
      'drizzle/20260102000000_b/up.sql': '',
      'drizzle/0000_old.sql': '',
      'drizzle/mysql/meta/_journal.json': journal(['0000_m'], 'mysql'),
      'drizzle/mysql/0000_m.sql': '',
    })
    expect(readMigrationFolder(tree, 'drizzle').orphans).toEqual([
      'drizzle/0000_old.sql',
      'drizzle/20260101000000_a/revert.sql',
      'drizzle/20260102000000_b/up.sql',
    ])
  })

  it("is not taken for Prisma's", () => {
    const tree = memoryTree({
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
      'prisma/migrations/20260101000000_init/migration.sql': '',
    })
    expect(readMigrationFolder(tree, 'prisma/migrations').migrations).toEqual([])
  })
})

describe('a folder that does not exist', () => {
  it('is one without migrations', () => {
    expect(readMigrationFolder(memoryTree({ 'src/db.ts': '' }), 'drizzle')).toEqual({
      layout: 'journal',
      path: 'drizzle',
      journal: null,
      migrations: [],
      orphans: [],
      missing: [],
    })
  })
})

describe('a journal that cannot be read', () => {
  const read = (content: string) => () =>
    readMigrationFolder(
      memoryTree({ 'drizzle/meta/_journal.json': content }, { label: 'the index' }),
      'drizzle',
    )

  it('is a problem of its own where it holds conflict markers', () => {
    const content = '{ "entries": [\n<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n] }'
    expect(read(content)).toThrow(
      expect.objectContaining({
        name: 'ProblemError',
        problem: {
          message: 'drizzle/meta/_journal.json (the index) holds merge conflict markers.',
          file: 'drizzle/meta/_journal.json',
          help: expect.stringContaining('drizzle-kit generate'),
        },
      }),
    )
  })

  it.each([
    ['{ "entries": [', /^drizzle\/meta\/_journal\.json \(the index\) is not valid JSON: .+\.$/],
    ['', /is not valid JSON/],
    ['[]', /is not a Drizzle journal: it has no list of entries/],
    ['{ "version": "7" }', /is not a Drizzle journal/],
    ['{ "entries": [{ "idx": 0, "when": 1 }] }', /entry 0 has no tag/],
    ['{ "entries": [{ "tag": "0000_a" }] }', /entry 0 has no time .* never runs 0000_a/],
    ['{ "entries": [null] }', /entry 0 has no tag/],
  ])('names file and fault: %s', (content, message) => {
    expect(read(content)).toThrow(message)
  })

  it('but needs neither idx nor versions, nor minds a byte order mark', () => {
    const tree = memoryTree({
      'drizzle/meta/_journal.json': '\uFEFF{ "entries": [{ "tag": "0000_a", "when": 1 }] }',
      'drizzle/0000_a.sql': '',
    })
    const { migrations, journal: read } = readMigrationFolder(tree, 'drizzle')
    expect(migrations.map(({ name }) => name)).toEqual(['0000_a'])
    expect(read?.entries).toEqual([
      { idx: null, when: 1, tag: '0000_a', version: null, breakpoints: null },
    ])
  })
})

describe('the snapshot of a migration', () => {
  it('is named by the prefix of the tag, or lies beside the SQL', () => {
    expect(snapshotPath('drizzle', 'journal', '0007_a_b')).toBe('drizzle/meta/0007_snapshot.json')
    expect(snapshotPath('', 'folders', '20260101000000_a')).toBe('20260101000000_a/snapshot.json')
  })
})
