import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Config } from '../../../src/config/config.ts'
import type { Finding } from '../../../src/finding/finding.ts'
import { useRepositories } from '../../git/fixtures.ts'
import type { Repository } from '../../git/repository.ts'
import type { Selection } from '../../../src/check/options.ts'
import { checkIn, folderPerMigration, folderSnapshot, writeFiles, type Files } from '../projects.ts'
import { type Entry, day, history } from './histories.ts'

const repositories = useRepositories()

const A: Entry = { tag: '0000_a' }
const B: Entry = { tag: '0001_b' }
const C: Entry = { tag: '0002_c' }
const JOURNAL = 'drizzle/meta/_journal.json'

/** A repository whose main branch has some files; the branch `feature` lies checked out. */
function deployed(files: Files): Repository {
  const repository = repositories.create()
  writeFiles(repository.path, files)
  repository.commit('what production has')
  repository.git('checkout', '--quiet', '-b', 'feature')
  return repository
}

async function findingsOf(path: string, selection?: Selection): Promise<readonly Finding[]> {
  const { findings, problems } = await checkIn(path, selection, { only: ['history'] })
  expect(problems).toEqual([])
  return findings.filter(({ suppressed }) => !suppressed)
}

/** `rule migration file:line`, in the order of the report. */
async function said(path: string, selection?: Selection): Promise<string[]> {
  const { findings, text } = await checkIn(path, selection, { only: ['history'] })
  return findings.map(({ rule, migration, file, range }) => {
    const line = range ? `:${(text(file) ?? '').slice(0, range.start).split('\n').length}` : ''
    return `${rule} ${migration ?? '-'} ${file}${line}`
  })
}

/** What is said of files on top of deployed ones. */
async function saidOf(
  before: Files,
  after: Files,
  gone: readonly string[] = [],
): Promise<string[]> {
  const { path } = deployed(before)
  for (const file of gone) rmSync(join(path, file))
  writeFiles(path, after)
  return said(path)
}

/** The same of a folder in which everything is judged. */
function saidOfAll(files: Files): Promise<string[]> {
  const { path } = repositories.create()
  writeFiles(path, files)
  return said(path, { kind: 'all' })
}

describe('a sound history', () => {
  test('is silent, deployed or not', async () => {
    expect(await saidOfAll(history([A, B, C]))).toEqual([])
    expect(await saidOf(history([A]), history([A, B, C]))).toEqual([])
  })

  test('an old defect is not reported with new work', async () => {
    const old = [A, { ...B, when: day(-1) }]
    expect(await saidOf(history(old), history([...old, { ...C, when: day(9) }]))).toEqual([])
    expect(await saidOfAll(history(old))).toEqual([`journal-order 0001_b ${JOURNAL}:15`])
  })

  test('a baseline drops what is at or before it, and nothing after', async () => {
    const { path } = repositories.create()
    const config: Config = { projects: [{ config: 'drizzle.config.ts', baseline: '0001_b' }] }
    writeFiles(path, {
      ...history([A, { ...B, when: day(-1) }, { ...C, when: day(-1) }]),
      'migration-lint.config.json': JSON.stringify(config),
    })
    expect(await said(path, { kind: 'all' })).toEqual([`journal-order 0002_c ${JOURNAL}:22`])
  })

  test('what was acknowledged is marked', async () => {
    const { path } = repositories.create()
    const acknowledged = [{ migration: '0001_b', rule: 'journal-order', reason: 'run by hand' }]
    writeFiles(path, {
      ...history([A, { ...B, when: day(-1) }]),
      'migration-lint.config.json': JSON.stringify({ acknowledged }),
    })
    expect(await findingsOf(path, { kind: 'all' })).toEqual([])
  })

  test('--since judges what comes after only', async () => {
    const { path } = repositories.create()
    writeFiles(path, history([A, { ...B, when: day(-1) }, { ...C, when: day(-2) }]))
    expect(await said(path, { kind: 'since', tag: '0001_b' })).toEqual([
      `journal-order 0002_c ${JOURNAL}:22`,
    ])
  })
})

describe('journal-order', () => {
  test('a new entry that is older than what production has', async () => {
    const { path } = deployed(history([A, B]))
    writeFiles(path, history([A, B, { ...C, when: day(1) }]))
    const [finding] = await findingsOf(path)
    expect(finding).toMatchObject({ rule: 'journal-order', migration: '0002_c', severity: 'error' })
    expect(finding?.message).toContain('0002_c will never run in production')
    expect(finding?.message).toContain('0001_b')
    expect(finding?.help).toContain(String(day(1) + 1))
  })

  test('wherever in the file it stands', async () => {
    const inserted = history([
      A,
      { tag: '0002_c', idx: 2, when: day(0) + 1, parent: '0001_b' },
      { ...B, idx: 1, when: day(1), parent: '0000_a' },
    ])
    expect(await saidOf(history([A, B]), inserted)).toContain(`journal-order 0002_c ${JOURNAL}:15`)
  })

  test.each([
    ['its order alone', ['snapshot'] as const, 'journal-order 0001_b'],
    ['that it is to be generated again, which settles the order', [], 'snapshot-fork 0001_b'],
  ])('one that is older than what was merged meanwhile: %s', async (_, without, expected) => {
    const { path, git, commit } = deployed(history([A]))
    writeFiles(path, history([A, B]))
    commit('feature')
    git('checkout', '--quiet', 'main')
    writeFiles(path, history([A, { tag: '0001_theirs', when: day(5), without }]))
    commit('theirs')
    git('checkout', '--quiet', 'feature')
    const findings = await findingsOf(path)
    expect(findings.map(({ rule, migration }) => `${rule} ${migration}`)).toEqual([expected])
    expect(findings[0]?.message).toContain('0001_theirs')
    expect(findings[0]?.message).toContain('merged in the meantime')
  })

  test('the repair of one that was skipped is silent, stamping a deployed one anew is not', async () => {
    const skipped = [A, { ...B, when: day(9) }, { ...C, when: day(3) }]
    const repaired = [A, { ...B, when: day(9) }, { ...C, when: day(10) }]
    expect(await saidOf(history(skipped), history(repaired))).toEqual([])
    expect(await saidOf(history([A, B]), history([A, { ...B, when: day(10) }]))).toEqual([
      `edited-migration 0001_b ${JOURNAL}:15`,
    ])
  })
})

test('journal-in-future: a stamp that lies ahead', async () => {
  const soon = Date.now() + 86_400_000
  expect(await saidOf(history([A]), history([A, { ...B, when: soon }]))).toEqual([
    `journal-in-future 0001_b ${JOURNAL}:15`,
  ])
  expect(await saidOf(history([A]), history([A, { ...B, when: Date.now() }]))).toEqual([])
})

describe('journal-index', () => {
  test('one gap is said once, where it is', async () => {
    const entries = [
      A,
      { tag: '0002_b', idx: 2 },
      { tag: '0003_c', idx: 3 },
      { tag: '0004_d', idx: 4 },
    ]
    expect(await saidOfAll(history(entries))).toEqual([`journal-index 0002_b ${JOURNAL}:13`])
  })

  test('a number that is used twice', async () => {
    const theirs = { tag: '0001_theirs', when: day(2), idx: 1 }
    const { path } = deployed(history([A, theirs]))
    writeFiles(path, history([A, theirs, { ...B, when: day(3), idx: 1, parent: '0001_theirs' }]))
    const [finding, ...more] = await findingsOf(path)
    expect(finding).toMatchObject({ rule: 'journal-index', migration: '0001_b', severity: 'error' })
    expect(finding?.message).toMatch(/0001_theirs and 0001_b have the same number/)
    expect(more.map(({ rule }) => rule)).toEqual([])
  })

  test('a tag that is there twice', async () => {
    expect(await saidOfAll(history([A, B, { ...B, when: day(3), parent: '0000_a' }]))).toEqual([
      `journal-index 0001_b ${JOURNAL}:23`,
    ])
  })

  test('an index that makes the next migration overwrite a snapshot', async () => {
    const { path } = repositories.create()
    writeFiles(path, history([A, B, { ...C, idx: 1 }]))
    const messages = (await findingsOf(path, { kind: 'all' })).map(({ message }) => message)
    expect(messages).toContainEqual(
      expect.stringContaining('overwrites drizzle/meta/0002_snapshot.json'),
    )
  })
})

describe('files that are missing', () => {
  test('missing-migration-file: the SQL of an entry', async () => {
    expect(await saidOf(history([A]), history([A, { ...B, without: ['sql'] }]))).toEqual([
      `missing-migration-file 0001_b ${JOURNAL}:16`,
    ])
    expect(await saidOf(history([A, B]), {}, ['drizzle/0001_b.sql'])).toEqual([
      `missing-migration-file 0001_b ${JOURNAL}:16`,
    ])
  })

  test('missing-migration-file: staged, the deleted file is where it is reported', async () => {
    const { path, git } = deployed(history([A, B]))
    git('rm', '--quiet', 'drizzle/0001_b.sql')
    expect(await said(path, { kind: 'staged' })).toEqual([
      'missing-migration-file 0001_b drizzle/0001_b.sql',
    ])
  })

  test('missing-migration-file: what an app imports its migrations from', async () => {
    const config = `export default { dialect: 'sqlite', driver: 'expo', out: './drizzle' }\n`
    const bundle = (...tags: string[]) =>
      `import journal from './meta/_journal.json';\n${tags.map((tag, i) => `import m000${i} from './${tag}.sql';\n`).join('')}\n  export default { journal, migrations: {} }\n`
    const setup = { dialect: 'sqlite', config }
    const { path, git } = deployed({
      ...history([A], setup),
      'drizzle/migrations.js': bundle('0000_a'),
    })
    writeFiles(path, {
      ...history([A, B], setup),
      'drizzle/migrations.js': bundle('0000_a', '0001_b'),
    })
    expect(await said(path)).toEqual([])
    git('add', 'drizzle/meta', 'drizzle/0001_b.sql')
    const [finding, ...others] = await findingsOf(path, { kind: 'staged' })
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      rule: 'missing-migration-file',
      migration: '0001_b',
      message: expect.stringContaining('drizzle/migrations.js does not import drizzle/0001_b.sql'),
      help: 'Run: git add drizzle/migrations.js',
    })
    git('add', 'drizzle')
    expect(await said(path, { kind: 'staged' })).toEqual([])
    git('rm', '--quiet', '-f', 'drizzle/migrations.js')
    expect(await said(path, { kind: 'staged' })).toHaveLength(2)
  })

  test('missing-migration-file: not where another file is named migrations.js, or git ignores it', async () => {
    const config = `export default { dialect: 'sqlite', driver: 'expo', out: './drizzle' }\n`
    const files = history([A, B], { dialect: 'sqlite', config })
    expect(await saidOf({}, { ...files, 'drizzle/migrations.js': 'export default 1\n' })).toEqual(
      [],
    )
    const { path, git } = deployed({ '.gitignore': 'migrations.js\n' })
    writeFiles(path, { ...files, 'drizzle/migrations.js': '' })
    git('add', '--all')
    expect(await said(path, { kind: 'staged' })).toEqual([])
  })

  test('orphan-migration-file: SQL with a number that no journal lists; no script or way back', async () => {
    const files = {
      'drizzle/0001_b.sql': 'SELECT 1;',
      'drizzle/0000_a.down.sql': 'SELECT 1;',
      'drizzle/seed.sql': 'SELECT 1;',
    }
    expect(await saidOf(history([A]), files)).toEqual([
      'orphan-migration-file 0001_b drizzle/0001_b.sql',
    ])
  })

  test('orphan-migration-file: silent where wrangler or Alchemy runs every file of the folder', async () => {
    const orphan = { 'drizzle/0001_b.sql': 'SELECT 1;' }
    const runners: readonly Files[] = [
      { 'wrangler.toml': '[[d1_databases]]\nbinding = "DB"\nmigrations_dir = "./drizzle"\n' },
      { 'wrangler.jsonc': '{ "d1_databases": [{ "migrations_dir": "drizzle" }] }' },
      { 'alchemy.run.ts': "await D1Database('db', { migrationsDir: './drizzle' })" },
    ]
    for (const runner of runners) {
      expect(await saidOf(history([A]), { ...orphan, ...runner })).toEqual([])
    }
    expect(
      await saidOf(history([A]), { ...orphan, 'wrangler.toml': 'migrations_dir = "other"' }),
    ).toEqual(['orphan-migration-file 0001_b drizzle/0001_b.sql'])
  })

  test('missing-snapshot: silent on SQL that changes nothing a schema declares', async () => {
    const bare = (sql: string): Entry => ({ ...B, sql, without: ['snapshot'] })
    const data = `UPDATE users SET note = 'create table x; drop table y';--> statement-breakpoint
-- ALTER TABLE users
CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$;
CREATE TRIGGER t BEFORE INSERT ON users EXECUTE FUNCTION f();`
    expect(await saidOf(history([A]), history([A, bare(data)]))).toEqual([])
    const table = `UPDATE users SET note = '';--> statement-breakpoint\nCREATE UNIQUE INDEX i ON users (id);`
    expect(await saidOf(history([A]), history([A, bare(table)]))).toEqual([
      expect.stringContaining('missing-snapshot'),
    ])
  })

  test('journal-index: a snapshot that is not there has not been overwritten', async () => {
    const bare = (tag: string): Entry => ({ tag, without: ['snapshot'] })
    const { path } = repositories.create()
    writeFiles(path, history([A, bare('0001_x'), bare('0001_y')]))
    const messages = (await findingsOf(path, { kind: 'all' })).map(({ message }) => message)
    expect(messages).toContainEqual(expect.stringMatching(/same number.*and there is none/))
    expect(messages).not.toContainEqual(expect.stringContaining('overwritten'))
  })

  test('missing-snapshot: the last one, one in between, a lost one', async () => {
    const messages = async (entries: readonly Entry[]): Promise<string[]> => {
      const { path } = repositories.create()
      writeFiles(path, history(entries))
      const findings = await findingsOf(path, { kind: 'all' })
      return findings.map(({ rule, message }) => `${rule}: ${message}`)
    }
    const bare: Entry = { ...B, without: ['snapshot'] }
    expect(await messages([A, bare])).toEqual([
      expect.stringContaining('writes their table changes again'),
    ])
    expect(await messages([A, bare, { ...C, parent: '0000_a' }])).toEqual([
      expect.stringMatching(
        /^missing-snapshot: 0001_b has no snapshot: 0002_c was generated from an older/,
      ),
    ])
    expect(await messages([A, bare, C])).toEqual([
      expect.stringMatching(/^missing-snapshot: The snapshot of 0001_b is lost: 0002_c/),
    ])
  })

  test('missing-snapshot: a project that writes everything by hand is left alone', async () => {
    const bare = (entry: Entry): Entry => ({ ...entry, without: ['snapshot'] })
    expect(await saidOf(history([bare(A)]), history([A, B].map(bare)))).toEqual([])
    expect(await saidOf(history([A, bare(B)]), history([A, bare(B), bare(C)]))).toEqual([])
  })
})

describe('snapshot-fork', () => {
  const THEIRS: Entry = { tag: '0001_theirs' }
  const OURS: Entry = { tag: '0002_ours', parent: '0000_a' }

  test('two branches in one folder: it is ours that has to be made again', async () => {
    const { path } = deployed(history([A, THEIRS]))
    writeFiles(path, history([A, THEIRS, OURS]))
    const findings = await findingsOf(path)
    expect(findings).toMatchObject([
      { rule: 'snapshot-fork', migration: '0002_ours', severity: 'error' },
    ])
    expect(findings[0]?.message).toContain(
      '0001_theirs and 0002_ours were both generated from 0000_a',
    )
  })

  test('staged, it takes the whole chain only where something is wrong', async () => {
    const { path, git } = deployed(history([A, THEIRS]))
    writeFiles(path, history([A, THEIRS, OURS]))
    git('add', '--all')
    expect(await said(path, { kind: 'staged' })).toEqual([
      'snapshot-fork 0002_ours drizzle/meta/0002_snapshot.json:1',
    ])
  })

  test('a merge that brings theirs below ours', async () => {
    const { path, git, commit } = deployed(history([A]))
    writeFiles(path, history([A, { ...OURS, idx: 1 }]))
    commit('ours')
    writeFiles(path, history([A, THEIRS, OURS]))
    git('add', '--all')
    expect(await said(path, { kind: 'staged' })).toContainEqual(
      expect.stringMatching(/^snapshot-fork 0002_ours/),
    )
  })

  test('renumbered and made again after the merge it is silent', async () => {
    expect(await saidOf(history([A, THEIRS]), history([A, THEIRS, { tag: '0002_ours' }]))).toEqual(
      [],
    )
  })
})

describe('snapshot-chain', () => {
  test('a parent that is not there, and a copied snapshot', async () => {
    expect(await saidOfAll(history([A, B, { ...C, parent: 'elsewhere' }]))).toEqual([
      'snapshot-chain 0002_c drizzle/meta/0002_snapshot.json:1',
    ])
    const files = history([A, B, C])
    const copied = { 'drizzle/meta/0002_snapshot.json': files['drizzle/meta/0001_snapshot.json']! }
    expect(await saidOfAll({ ...files, ...copied })).toEqual([
      'snapshot-chain 0002_c drizzle/meta/0002_snapshot.json:1',
    ])
  })

  test('a change from times to numbers: the newest does not sort last', async () => {
    const entries = [{ tag: '20260101000000_a' }, { tag: '0001_b' }]
    const [finding] = await saidOf(history(entries.slice(0, 1)), history(entries))
    expect(finding).toMatch(/^snapshot-chain 0001_b drizzle\/meta\/20260101000000_snapshot.json/)
  })
})

describe('snapshot-version', () => {
  const kit = (version: string): Files => ({
    'node_modules/drizzle-kit/package.json': JSON.stringify({ version }),
    '.gitignore': 'node_modules\n',
  })
  const old = (files: Files): Files => ({
    ...files,
    'drizzle/meta/0001_snapshot.json': String(files['drizzle/meta/0001_snapshot.json']).replace(
      '"7"',
      '"6"',
    ),
  })

  test('older than the installed kit, newer, and as it writes them', async () => {
    expect(await saidOf(history([A]), { ...old(history([A, B])), ...kit('0.31.11') })).toEqual([
      'snapshot-version 0001_b drizzle/meta/0001_snapshot.json:1',
    ])
    expect(await saidOf(history([A]), { ...history([A, B]), ...kit('0.31.11') })).toEqual([])
    expect(await saidOf(history([A]), { ...history([A, B]), ...kit('0.20.0') })).toEqual([])
  })

  test('with nothing installed: older than the one before', async () => {
    expect(await saidOf(history([A]), old(history([A, B])))).toEqual([
      'snapshot-version 0001_b drizzle/meta/0001_snapshot.json:1',
    ])
  })
})

describe('stray-snapshot-file', () => {
  test('what was left behind and sorts last, what lies between, what is no snapshot', async () => {
    const { path } = deployed(history([A, B]))
    const { 'drizzle/meta/0002_snapshot.json': left } = history([A, B, C])
    writeFiles(path, { 'drizzle/meta/0002_snapshot.json': left!, 'drizzle/meta/.DS_Store': 'x' })
    expect(
      (await findingsOf(path)).map(({ file, severity, message }) => [file, severity, message]),
    ).toEqual([
      ['drizzle/meta/.DS_Store', 'error', expect.stringContaining('is not a snapshot')],
      ['drizzle/meta/0002_snapshot.json', 'error', expect.stringContaining('is last by name')],
    ])
  })
})

describe('what is deployed', () => {
  const edited = (sql: string): Promise<string[]> =>
    saidOf(history([{ ...A, sql: 'CREATE TABLE "a" (\n  "id" int\n);\n' }]), {
      'drizzle/0000_a.sql': sql,
    })

  test('edited-migration: an edit, at the first line that differs', async () => {
    expect(await edited('CREATE TABLE "a" (\n  "id" bigint\n);\n')).toEqual([
      'edited-migration 0000_a drizzle/0000_a.sql:2',
    ])
  })

  test.each([
    ['line ends', 'CREATE TABLE "a" (\r\n  "id" int\r\n);\r\n'],
    ['a byte order mark and a missing line end', '\uFEFFCREATE TABLE "a" (\n  "id" int\n);'],
    ['layout', 'CREATE TABLE "a" ("id" int);'],
    [
      'comments and directives',
      '-- migration-lint-disable-next-statement x -- y\nCREATE TABLE "a" ( /* the key */ "id" int);',
    ],
    ['a breakpoint', 'CREATE TABLE "a" ("id" int);--> statement-breakpoint\n'],
  ])('%s do not count', async (_, sql) => {
    expect(await edited(sql)).toEqual([])
  })

  test("a migration of one's own branch may be made again", async () => {
    const { path, commit } = deployed(history([A]))
    writeFiles(path, history([A, B]))
    commit('ours')
    writeFiles(path, history([A, { ...B, sql: 'CREATE TABLE "other" ("id" int);' }]))
    expect(await said(path)).toEqual([])
  })

  test('deleted-migration: with its files, staged or not', async () => {
    const { path, git } = deployed(history([A, B, C]))
    git('rm', '--quiet', 'drizzle/0002_c.sql', 'drizzle/meta/0002_snapshot.json')
    writeFiles(path, history([A, B]))
    expect(await said(path)).toEqual(['deleted-migration 0002_c drizzle/0002_c.sql'])
    git('add', '--all')
    expect(await said(path, { kind: 'staged' })).toEqual([
      'deleted-migration 0002_c drizzle/0002_c.sql',
    ])
  })

  test('deleted-migration: a squash is said once', async () => {
    const { path, git } = deployed(history([A, B, C]))
    git('rm', '--quiet', '-r', 'drizzle')
    writeFiles(path, history([{ tag: '0000_all', when: day(9) }]))
    const findings = await findingsOf(path)
    expect(findings).toMatchObject([{ rule: 'deleted-migration', migration: '0002_c' }])
    expect(findings[0]?.message).toContain('0000_a to 0002_c (3 migrations)')
  })

  test('renamed-migration: with its time a warning, with a later one it runs again', async () => {
    const { path } = deployed(history([A, B]))
    rmSync(join(path, 'drizzle/0001_b.sql'))
    const sql = 'CREATE TABLE "t_0001_b" ("id" int);'
    writeFiles(path, history([A, { tag: '0001_c', sql }]))
    expect(await findingsOf(path)).toMatchObject([{ rule: 'renamed-migration', severity: 'warn' }])
    writeFiles(path, history([A, { tag: '0001_c', sql, when: day(7) }]))
    expect(await findingsOf(path)).toMatchObject([{ rule: 'renamed-migration', severity: 'error' }])
  })

  test('a folder that was moved is not deleted', async () => {
    const { path, git } = deployed(history([A, B]))
    git('mv', 'drizzle', 'migrations')
    writeFiles(path, {
      'drizzle.config.ts': "export default { dialect: 'postgresql', out: './migrations' }",
    })
    expect(await said(path)).toEqual([])
  })
})

describe('what cannot be read', () => {
  test('conflict-markers in a journal, at the first of them', async () => {
    const { path } = deployed(history([A]))
    writeFiles(path, { [JOURNAL]: '{\n<<<<<<< HEAD\n"a": 1\n=======\n"b": 2\n>>>>>>> main\n}\n' })
    const { findings, problems } = await checkIn(path)
    expect(findings).toMatchObject([
      { rule: 'conflict-markers', file: JOURNAL, range: { start: 2 } },
    ])
    expect(problems.map(({ message }) => message)).toEqual([
      'drizzle.config.ts: the migrations were not judged, because their journal cannot be read',
    ])
  })

  test('invalid-json: where the text breaks off, and the entry that lacks its time', async () => {
    const { path } = deployed(history([A]))
    writeFiles(path, { [JOURNAL]: '{\n  "entries": [\n    {"tag": "0000_a",}\n  ]\n}' })
    expect(await said(path)).toEqual([`invalid-json - ${JOURNAL}:3`])
    writeFiles(path, { [JOURNAL]: '{\n  "entries": [\n    {"tag": "0000_a"}\n  ]\n}' })
    expect(await said(path)).toEqual([`invalid-json - ${JOURNAL}:3`])
  })

  test('a snapshot, and SQL of a dialect that nothing parses', async () => {
    const files = history([A, B], { dialect: 'singlestore' })
    const marked = '<<<<<<< HEAD\nSELECT 1;\n=======\nSELECT 2;\n>>>>>>> main\n'
    const broken = { 'drizzle/meta/0001_snapshot.json': '{"id": ', 'drizzle/0001_b.sql': marked }
    expect(await saidOf(history([A], { dialect: 'singlestore' }), { ...files, ...broken })).toEqual(
      [
        'conflict-markers 0001_b drizzle/0001_b.sql:1',
        'invalid-json 0001_b drizzle/meta/0001_snapshot.json:1',
      ],
    )
  })
})

describe('broken-folder-setup', () => {
  const config = (more: string): string =>
    `import path from 'node:path'\nexport default { dialect: 'sqlite', schema: './s.ts', ${more} }\n`

  test.each([
    ["out: './drizzle', migrations: { prefix: 'none' }", "'none'"],
    ["out: path.join(__dirname, 'drizzle')", 'absolute path'],
    ["out: './drizzle', breakpoints: false", 'better-sqlite3'],
  ])('%s', async (more, reason) => {
    const { path } = repositories.create()
    writeFiles(path, {
      ...history([A], { dialect: 'sqlite', config: config(more) }),
      'package.json': '{"dependencies":{"better-sqlite3":"12.0.0"}}',
    })
    const findings = await findingsOf(path, { kind: 'all' })
    expect(findings).toMatchObject([{ rule: 'broken-folder-setup', file: 'drizzle.config.ts' }])
    expect(findings[0]?.message).toContain(reason)
  })

  test('the file of generate --custom as it was made', async () => {
    const template = '-- Custom SQL migration file, put your code below! --'
    expect(await saidOf(history([A]), history([A, { ...B, sql: template }]))).toEqual([
      'broken-folder-setup 0001_b drizzle/0001_b.sql',
    ])
    expect(
      await saidOf(history([A]), history([A, { ...B, sql: '-- nothing to do here' }])),
    ).toEqual([])
  })
})

describe('the layout of 1.0', () => {
  test('made of a journal by drizzle-kit up, it is the same history', async () => {
    const { path, git } = deployed(history([A, B]))
    git('rm', '--quiet', '-r', 'drizzle')
    const [a, b] = [A, B].map(({ tag }) => `CREATE TABLE "t_${tag}" ("id" int);`)
    writeFiles(path, {
      ...folderPerMigration({ '20260101000000_a': a!, '20260102000000_b': b! }),
      'drizzle.config.ts': "export default { dialect: 'postgresql', out: './drizzle' }",
    })
    expect(await said(path)).toEqual([])
  })

  const one = { '20260101000000_a': 'CREATE TABLE "a" ("id" int);' }
  const two = { ...one, '20260102000000_b': 'CREATE TABLE "b" ("id" int);' }
  const config = {
    'drizzle.config.ts': "export default { dialect: 'postgresql', out: './drizzle' }",
  }
  const folder = (migrations: Record<string, string>): Files => ({
    ...config,
    ...folderPerMigration(migrations),
  })

  test('is silent where it is sound', async () => {
    expect(await saidOf(folder(one), folder(two))).toEqual([])
  })

  test('renamed, it runs again', async () => {
    const { path, git } = deployed(folder(two))
    git('mv', 'drizzle/20260102000000_b', 'drizzle/20260103000000_b')
    expect(await findingsOf(path)).toMatchObject([
      { rule: 'renamed-migration', migration: '20260103000000_b', severity: 'error' },
    ])
  })

  test('without its time, before its parent, without its SQL', async () => {
    expect(await saidOf(folder(one), folder({ ...one, b: 'SELECT 1;' }))).toEqual([
      'migration-folder-name b drizzle/b/migration.sql',
    ])
    const early = '20251231000000_early'
    const before = {
      [`drizzle/${early}/migration.sql`]: 'SELECT 1;',
      [`drizzle/${early}/snapshot.json`]: folderSnapshot(early, ['20260101000000_a']),
    }
    expect(await saidOf(folder(one), before)).toEqual([
      `migration-folder-name ${early} drizzle/${early}/migration.sql`,
    ])
    const bare = {
      'drizzle/20260103000000_c/snapshot.json': folderSnapshot('c', ['20260102000000_b']),
    }
    expect(await saidOf(folder(two), bare)).toEqual([
      'missing-migration-file 20260103000000_c drizzle/20260103000000_c/snapshot.json',
    ])
  })

  test('more than one end is a warning, until a migration joins them', async () => {
    const name = '20260103000000_c'
    const fork = {
      [`drizzle/${name}/migration.sql`]: 'SELECT 1;',
      [`drizzle/${name}/snapshot.json`]: folderSnapshot(name, ['20260101000000_a']),
    }
    const { path } = deployed(folder(two))
    writeFiles(path, fork)
    expect(await findingsOf(path)).toMatchObject([{ rule: 'snapshot-fork', severity: 'warn' }])
    const join = '20260104000000_join'
    writeFiles(path, {
      [`drizzle/${join}/migration.sql`]: 'SELECT 1;',
      [`drizzle/${join}/snapshot.json`]: folderSnapshot(join, [name, '20260102000000_b']),
    })
    expect(await findingsOf(path)).toEqual([])
  })
})
