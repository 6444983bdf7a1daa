import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Entry, day, history } from '../check/history/histories.ts'
import { checkIn, writeFiles, type Files } from '../check/projects.ts'
import { useRepositories } from '../git/fixtures.ts'
import { createFolder } from '../git/repository.ts'
import { installed } from '../installed.ts'
import { pgliteImage, pgliteImageFile } from '../pglite.ts'

// What the rules of a history claim, shown to happen: drizzle-orm's own migrator, the user's own
// drizzle-kit.

const repositories = useRepositories()
const modules = join(import.meta.dirname, '../../node_modules')

describe('journal-order, on drizzle-orm 0.45 and PGlite', () => {
  let client: PGlite
  let run = 0
  beforeAll(async () => {
    client = await PGlite.create({ loadDataDir: await pgliteImage() })
  })

  /** Times of the deployed entries, then of the new ones; in days. */
  const CASES: readonly (readonly [deployed: readonly number[], added: readonly number[]])[] = [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 2],
      [2, 3],
    ],
    [
      [1, 5],
      [2, 6, 4],
    ],
    [
      [5, 1],
      [3, 5, 7, 6],
    ],
    [[1], [4, 3, 2]],
    [
      [9, 2, 3],
      [4, 10],
    ],
  ]

  const entry = (when: number, i: number): Entry => ({
    tag: `${String(i).padStart(4, '0')}_t${i}`,
    sql: `CREATE TABLE "r${run}_t${i}" ("id" int);`,
    when: day(when),
  })

  const applied = async (): Promise<number[]> => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relname LIKE 'r${run}\\_t%'`,
    )
    return rows.map(({ name }) => Number(name.split('_t')[1])).sort((a, b) => a - b)
  }

  const deploy = (path: string): Promise<void> =>
    migrate(drizzle(client), {
      migrationsFolder: join(path, 'drizzle'),
      migrationsTable: `run_${run}`,
    })

  test.each(CASES)(
    '%j then %j: what is reported is what production skips, and nothing else',
    async (before, added) => {
      run++
      const entries = [...before, ...added].map(entry)
      const { path, git, commit } = repositories.create()
      writeFiles(path, history(entries.slice(0, before.length)))
      commit('deployed')
      await deploy(path)
      git('checkout', '--quiet', '-b', 'feature')
      writeFiles(path, history(entries))
      const { findings } = await checkIn(path, undefined, { only: ['history'] })
      await deploy(path)
      const there = await applied()
      const skipped = entries.filter((_, i) => !there.includes(i)).map(({ tag }) => tag)
      const reported = findings.filter(({ message }) =>
        message.includes('will never run in production'),
      )
      expect(reported.map(({ migration }) => migration)).toEqual(skipped)
    },
  )

  test.each(CASES)(
    '%j then %j, deployed one by one: what --all reports is what is skipped',
    async (before, added) => {
      run++
      const entries = [...before, ...added].map(entry)
      const { path } = repositories.create()
      for (let count = 1; count <= entries.length; count++) {
        writeFiles(path, history(entries.slice(0, count)))
        await deploy(path)
      }
      const { findings } = await checkIn(path, { kind: 'all' }, { only: ['history'] })
      const there = await applied()
      const skipped = entries.filter((_, i) => !there.includes(i)).map(({ tag }) => tag)
      expect(findings.map(({ rule, migration }) => [rule, migration])).toEqual(
        skipped.map((tag) => ['journal-order', tag]),
      )
    },
  )

  test('an entry whose SQL is not there stops the deployment before the first', async () => {
    run++
    const { path } = repositories.create()
    writeFiles(path, history([entry(1, 0), { ...entry(2, 1), without: ['sql'] }]))
    await expect(deploy(path)).rejects.toThrow(/No file .*0001_t1\.sql found/)
    expect(await applied()).toEqual([])
  })

  test('a file that the journal does not name never runs, an edited one not again', async () => {
    run++
    const { path } = repositories.create()
    writeFiles(path, { ...history([entry(1, 0)]), 'drizzle/0001_t1.sql': entry(2, 1).sql! })
    await deploy(path)
    writeFiles(path, { 'drizzle/0000_t0.sql': entry(3, 2).sql! })
    await deploy(path)
    expect(await applied()).toEqual([0])
  })

  test('an entry stamped later than all others runs a second time', async () => {
    run++
    const { path } = repositories.create()
    writeFiles(path, history([entry(1, 0)]))
    await deploy(path)
    writeFiles(path, history([entry(2, 0)]))
    await expect(deploy(path)).rejects.toThrow()
  })
})

describe('drizzle-kit 0.31', () => {
  const kit = join(modules, '.bin/drizzle-kit')
  let base: string
  const schema = (columns: readonly string[]): string =>
    `import { pgTable, integer } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { ${columns.map((name) => `${name}: integer('${name}')`).join(', ')} })\n`

  const generate = (cwd: string): string => {
    const done = spawnSync(kit, ['generate', '--name', 'next'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return done.stdout + done.stderr
  }
  const project = (
    columns: readonly string[],
    config = "out: './drizzle'",
    folder = repositories.folder(),
  ): string => {
    symlinkSync(modules, join(folder, 'node_modules'))
    writeFiles(folder, {
      'schema.ts': schema(columns),
      'package.json': '{}',
      'drizzle.config.ts': `import path from 'node:path'\nexport default { dialect: 'postgresql', schema: './schema.ts', ${config} }\n`,
    })
    return folder
  }
  const copy = (columns: readonly string[], more: Files = {}): string => {
    const folder = project(columns)
    cpSync(join(base, 'drizzle'), join(folder, 'drizzle'), { recursive: true })
    writeFiles(folder, more)
    return folder
  }
  const snapshot = (number: number, change: (json: Record<string, string>) => void): Files => {
    const file = `drizzle/meta/000${number}_snapshot.json`
    const json = JSON.parse(readFileSync(join(base, file), 'utf8')) as Record<string, string>
    change(json)
    return { [file]: JSON.stringify(json, null, 2) }
  }
  const sqlIn = (folder: string): string[] =>
    readdirSync(join(folder, 'drizzle')).filter((name) => name.endsWith('.sql'))
  const rules = async (folder: string): Promise<string[]> => {
    const { findings } = await checkIn(folder, { kind: 'all' }, { only: ['history'] })
    return findings.map(({ rule }) => rule)
  }

  beforeAll(() => {
    // It outlives single tests.
    base = project(['a'], undefined, createFolder())
    generate(base)
    for (const columns of [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]) {
      writeFileSync(join(base, 'schema.ts'), schema(columns))
      generate(base)
    }
  })
  afterAll(() => {
    rmSync(base, { recursive: true, force: true })
  })

  const MORE = ['a', 'b', 'c', 'd']

  test('what it generates is a sound history', async () => {
    expect(sqlIn(base)).toHaveLength(3)
    expect(await rules(base)).toEqual([])
  })

  test('refuses a fork, a newer and an older snapshot, and what is no snapshot; all with exit code 0', async () => {
    const cases: [Files, string, string][] = [
      [
        snapshot(
          2,
          (json) =>
            (json['prevId'] = String(
              JSON.parse(readFileSync(join(base, 'drizzle/meta/0001_snapshot.json'), 'utf8'))
                .prevId,
            )),
        ),
        'collision',
        'snapshot-fork',
      ],
      [snapshot(1, (json) => (json['version'] = '8')), 'unsupported version', 'snapshot-version'],
      [snapshot(1, (json) => (json['version'] = '6')), 'malformed', 'snapshot-version'],
      [{ 'drizzle/meta/.DS_Store': 'x' }, 'not valid JSON', 'stray-snapshot-file'],
      [
        { 'drizzle/meta/0001_snapshot.json': '<<<<<<< a\n{}\n=======\n{}\n>>>>>>> b\n' },
        'JSON',
        'conflict-markers',
      ],
    ]
    for (const [files, said, rule] of cases) {
      const folder = copy(MORE, files)
      expect(generate(folder)).toContain(said)
      expect(sqlIn(folder)).toHaveLength(3)
      expect(await rules(folder)).toEqual([rule])
    }
  })

  test('takes a snapshot that was left behind for the present state', async () => {
    const folder = copy(['a', 'b', 'c'])
    const journal = join(folder, 'drizzle/meta/_journal.json')
    const json = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }
    json.entries.pop()
    writeFileSync(journal, JSON.stringify(json))
    rmSync(join(folder, 'drizzle/0002_next.sql'))
    expect(generate(folder)).toContain('No schema changes')
    expect(await rules(folder)).toEqual(['stray-snapshot-file'])
  })

  test('writes the changes of a migration without a snapshot once more', async () => {
    const folder = copy(['a', 'b', 'c'])
    rmSync(join(folder, 'drizzle/meta/0002_snapshot.json'))
    expect(await rules(folder)).toEqual(['missing-snapshot'])
    generate(folder)
    expect(readFileSync(join(folder, 'drizzle/0003_next.sql'), 'utf8')).toContain('ADD COLUMN "c"')
  })

  test('overwrites a snapshot where the last index is too low', async () => {
    const folder = copy(MORE)
    const journal = join(folder, 'drizzle/meta/_journal.json')
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"idx": 2', '"idx": 1'))
    const file = join(folder, 'drizzle/meta/0002_snapshot.json')
    const before = readFileSync(file, 'utf8')
    expect(await rules(folder)).toEqual(['journal-index'])
    generate(folder)
    expect(readFileSync(file, 'utf8')).not.toBe(before)
  })

  test('writes the whole schema again with prefix none', async () => {
    const folder = project(['a'], "out: './drizzle', migrations: { prefix: 'none' }")
    generate(folder)
    writeFileSync(join(folder, 'schema.ts'), schema(['a', 'b']))
    generate(folder)
    expect(readFileSync(join(folder, 'drizzle/_next.sql'), 'utf8')).toContain('CREATE TABLE')
    expect(await rules(folder)).toContain('broken-folder-setup')
  })

  test('cannot read its own folder where out is an absolute path', async () => {
    const folder = project(['a'], "out: path.join(__dirname, 'drizzle')")
    generate(folder)
    writeFileSync(join(folder, 'schema.ts'), schema(['a', 'b']))
    expect(generate(folder)).toContain('ENOENT')
    expect(await rules(folder)).toEqual(['broken-folder-setup'])
  })

  test('falls back to an old snapshot where a new name sorts before it', async () => {
    const folder = project(['a'], "out: './drizzle', migrations: { prefix: 'timestamp' }")
    generate(folder)
    for (const columns of [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]) {
      writeFiles(folder, {
        'schema.ts': schema(columns),
        'drizzle.config.ts':
          "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' }\n",
      })
      generate(folder)
    }
    expect(readFileSync(join(folder, 'drizzle/0002_next.sql'), 'utf8')).toContain('ADD COLUMN "b"')
    expect(await rules(folder)).toContain('snapshot-chain')
  })
})

describe('drizzle-orm 1.0.0-rc.5 on PGlite', () => {
  const RUN = `
import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
const [image, ...folders] = process.argv.slice(2)
const client = await PGlite.create({ loadDataDir: await openAsBlob(image) })
const said = []
for (const folder of folders) {
  try {
    await migrate(drizzle({ client }), { migrationsFolder: folder })
    const { rows } = await client.query("select relname from pg_class where relname like 'own%' order by 1")
    said.push(rows.map(({ relname }) => relname).join(','))
  } catch (error) {
    said.push('failed: ' + error.message + ' ' + (error.cause?.message ?? ''))
  }
}
console.log(JSON.stringify(said))
`
  const table = (name: string): string => `CREATE TABLE "${name}" ("id" int);`

  test('runs a renamed folder again, fails on one without a time, passes over one without SQL', async () => {
    const image = await pgliteImageFile()
    const home = installed({
      'drizzle-orm': '1.0.0-rc.5',
      '@electric-sql/pglite': '0.5.16',
    })
    const root = repositories.folder()
    const folders: Record<string, Files> = {
      first: { '20260101000000_a/migration.sql': table('own_a') },
      bare: {
        '20260101000000_a/migration.sql': table('own_a'),
        '20260102000000_b/snapshot.json': '{}',
      },
      nameless: {
        '20260101000000_a/migration.sql': table('own_a'),
        'b/migration.sql': table('own_b'),
      },
      renamed: { '20260103000000_a/migration.sql': table('own_a') },
    }
    for (const [name, files] of Object.entries(folders)) writeFiles(join(root, name), files)
    mkdirSync(join(root, 'run'))
    symlinkSync(join(home, 'node_modules'), join(root, 'run/node_modules'))
    writeFileSync(join(root, 'run/run.mjs'), RUN)
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'run/run.mjs'), image, ...Object.keys(folders).map((name) => join(root, name))],
      { encoding: 'utf8' },
    )
    const [first, bare, nameless, renamed] = JSON.parse(
      stdout || JSON.stringify([stderr]),
    ) as string[]
    expect([first, bare]).toEqual(['own_a', 'own_a'])
    expect(nameless).toMatch(/^failed: .*NaN/s)
    expect(renamed).toMatch(/^failed: .*already exists/s)
  })
})

describe('libsql', () => {
  const RUN = `
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
const said = []
for (const folder of process.argv.slice(2)) {
  const client = createClient({ url: ':memory:' })
  try {
    await migrate(drizzle(client), { migrationsFolder: folder })
    const { rows } = await client.execute("select name from sqlite_master where name like 'own%'")
    said.push(rows.map(({ name }) => name).join(','))
  } catch (error) {
    said.push('failed')
  }
}
console.log(JSON.stringify(said))
`
  test('drops what follows the first statement, and fails on a migration without one', () => {
    const home = installed({ 'drizzle-orm': '0.45.4', '@libsql/client': '0.18.0' })
    const root = repositories.folder()
    const files = (sql: string): Files => history([{ tag: '0000_a', sql }], { dialect: 'sqlite' })
    writeFiles(
      join(root, 'two'),
      files('CREATE TABLE own_a (id int);\nCREATE TABLE own_b (id int);'),
    )
    writeFiles(join(root, 'none'), files('-- Custom SQL migration file, put your code below! --'))
    mkdirSync(join(root, 'run'))
    symlinkSync(join(home, 'node_modules'), join(root, 'run/node_modules'))
    writeFileSync(join(root, 'run/run.mjs'), RUN)
    const paths = ['two', 'none'].map((name) => join(root, name, 'drizzle'))
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'run/run.mjs'), ...paths], {
      encoding: 'utf8',
    })
    expect(JSON.parse(stdout || JSON.stringify(stderr))).toEqual(['own_a', 'failed'])
  })
})
