import { describe, expect, it } from 'vitest'
import type { ProjectConfig } from '../../../src/config/config.ts'
import { discoverProjects } from '../../../src/drizzle/find/discover.ts'
import type { DiscoveryOptions } from '../../../src/drizzle/find/discover.ts'
import { folders, journal, journaled } from '../migrations/journals.ts'
import { memoryTree } from '../memoryTree.ts'

const config = (keys: string) => `export default defineConfig({ ${keys} })`
const scripts = (script: string) => JSON.stringify({ scripts: { generate: script } })

async function discover(
  files: Record<string, string>,
  ours?: readonly ProjectConfig[],
  options?: DiscoveryOptions,
) {
  return discoverProjects(memoryTree(files), ours, options)
}

/** Name, dialect and folder of each project. */
async function found(files: Record<string, string>, options?: DiscoveryOptions) {
  const { projects, problems } = await discover(files, undefined, options)
  expect(problems).toEqual([])
  return projects.map(({ name, dialect, out }) => [name, dialect, out])
}

async function problemsOf(files: Record<string, string>, ours?: readonly ProjectConfig[]) {
  return (await discover(files, ours)).problems
}

describe('a drizzle config makes a project', () => {
  it('with everything that config and defaults say', async () => {
    const { projects } = await discover({
      'drizzle.config.ts': config(
        `dialect: 'postgresql', out: './migrations', schema: './src/schema.ts',
         casing: 'snake_case', migrations: { prefix: 'timestamp' }`,
      ),
      'src/schema.ts': '',
      ...journaled('migrations', ['0000_a']),
    })
    expect(projects).toEqual([
      {
        name: 'drizzle.config.ts',
        config: 'drizzle.config.ts',
        otherConfigs: [],
        dialect: 'postgresql',
        schemaDialect: 'postgresql',
        out: 'migrations',
        schema: ['src/schema.ts'],
        casing: 'snake_case',
        prefix: 'timestamp',
        bookkeeping: { table: null, schema: null },
        filters: { tables: null, schemas: null },
        breakpoints: null,
        driver: null,
        client: null,
        absoluteOut: false,
        migrator: 'drizzle',
        postgres: { version: null, timezone: 'UTC' },
        mysql: { product: null, version: null },
        families: ['sync', 'history', 'migration'],
        baseline: null,
        smallTables: [],
        smallBelow: null,
        downtime: null,
        folder: '',
        unread: [],
      },
    ])
  })

  it.each([
    'drizzle.config.js',
    'drizzle.config.mjs',
    'drizzle.config.cjs',
    'drizzle.config.mts',
    'drizzle.config.cts',
    'drizzle.config.mysql.ts',
    'drizzle-pg.config.ts',
    'drizzle.mysql.config.ts',
    'mysql.drizzle.config.ts',
    'drizzle/brain.config.ts',
  ])('named %s', async (name) => {
    expect(await found({ [name]: config(`dialect: 'mysql', out: './o'`) })).toEqual([
      [name, 'mysql', name.startsWith('drizzle/') ? 'drizzle/o' : 'o'],
    ])
  })

  it('in JSON', async () => {
    const json = JSON.stringify({ dialect: 'sqlite', out: './o' })
    expect(await found({ 'drizzle.config.json': json })).toEqual([
      ['drizzle.config.json', 'sqlite', 'o'],
    ])
  })

  it('for each of several in one repository', async () => {
    expect(
      await found({
        'drizzle.config.ts': config(`dialect: 'sqlite', out: './drizzle'`),
        'drizzle.config.pg.ts': config(`dialect: 'postgresql', out: './drizzle/pg'`),
        ...journaled('drizzle', ['0000_a'], 'sqlite'),
        ...journaled('drizzle/pg', ['0000_b']),
      }),
    ).toEqual([
      ['drizzle.config.pg.ts', 'postgresql', 'drizzle/pg'],
      ['drizzle.config.ts', 'sqlite', 'drizzle'],
    ])
  })

  it('under any name where a package script hands it to drizzle-kit', async () => {
    expect(
      await found({
        'package.json': scripts(
          'dotenv -- drizzle-kit generate --config=db/main.ts && drizzle-kit check --config "b.ts"',
        ),
        'packages/a/package.json': scripts('cd db && npx drizzle-kit generate --config ./c.ts'),
        'db/main.ts': config(`dialect: 'mysql', out: './main'`),
        'b.ts': config(`dialect: 'mysql', out: './b'`),
        'packages/a/db/c.ts': config(`dialect: 'mysql', out: './c'`),
      }),
    ).toEqual([
      ['b.ts', 'mysql', 'b'],
      ['db/main.ts', 'mysql', 'main'],
      ['packages/a/db/c.ts', 'mysql', 'packages/a/db/c'],
    ])
  })

  it('unless the script is about something else', async () => {
    expect(
      await found({
        'package.json': scripts('vite build --config vite.config.ts; drizzle-kit push'),
        'vite.config.ts': config(`dialect: 'mysql', out: './b'`),
        'broken/package.json': '{ drizzle-kit --config',
      }),
    ).toEqual([])
  })

  it('unless it only looks like one', async () => {
    expect(
      await found({
        'drizzle/vitest.config.ts': config(`test: {}`),
        'src/drizzle.config.d.ts': 'export {}',
        'src/drizzle.config.test.ts': config(`dialect: 'mysql'`),
      }),
    ).toEqual([])
  })

  it.each([
    'node_modules',
    'fixtures',
    '__fixtures__',
    'test',
    'tests',
    '__tests__',
    'dist',
    'templates',
  ])('unless it lies in %s', async (folder) => {
    expect(
      await found({
        [`packages/${folder}/app/drizzle.config.ts`]: config(`dialect: 'mysql'`),
        ...journaled(`packages/${folder}/app/drizzle`, ['0000_a']),
      }),
    ).toEqual([])
  })
})

describe('the migrations folder', () => {
  const at = async (files: Record<string, string>, options?: DiscoveryOptions) =>
    (await found(files, options)).map(([, , out]) => out)

  it('is `drizzle` by default', async () => {
    expect(await at({ 'drizzle.config.ts': config(`dialect: 'mysql'`) })).toEqual(['drizzle'])
  })

  it.each([
    ["below the config's folder", 'apps/web/src/db/out'],
    ["below the config's package", 'apps/web/out'],
    ['below the root', 'out'],
  ])('is the one %s where that has a journal', async (_, out) => {
    expect(
      await at({
        'apps/web/package.json': '{}',
        'apps/web/src/db/drizzle.config.ts': config(`dialect: 'postgresql', out: './out'`),
        ...journaled(out, ['0000_a']),
      }),
    ).toEqual([out])
  })

  it('is the one nearest to the config where several have migrations', async () => {
    expect(
      await found({
        'apps/web/drizzle.config.ts': config(`dialect: 'postgresql', out: './out'`),
        ...journaled('apps/web/out', ['0000_a']),
        ...journaled('out', ['0000_b'], 'sqlite'),
      }),
    ).toEqual([
      ['apps/web/drizzle.config.ts', 'postgresql', 'apps/web/out'],
      ['out', 'sqlite', 'out'],
    ])
  })

  it('is seen from the package whose script names the config', async () => {
    expect(
      await at({
        'apps/api/package.json': scripts('drizzle-kit check --config ../../db/drizzle.config.ts'),
        'db/drizzle.config.ts': config(`dialect: 'postgresql', out: './out'`),
        ...journaled('apps/api/out', ['0000_a']),
      }),
    ).toEqual(['apps/api/out'])
  })

  it('is recognised in the layout of 1.0', async () => {
    expect(
      await at({
        'db/drizzle.config.ts': config(`dialect: 'postgresql', out: './out'`),
        ...folders('out', ['20260101000000_a']),
      }),
    ).toEqual(['out'])
  })

  it('is where another tree has it, if all of it is gone here', async () => {
    const others = [memoryTree(journaled('out', ['0000_a'], 'sqlite'))]
    const files = {
      'db/package.json': '{}',
      'db/drizzle.config.ts': config(`dialect: 'turso', out: './out'`),
    }
    expect(await found(files, { others })).toEqual([['db/drizzle.config.ts', 'sqlite', 'out']])
  })

  it('is where drizzle-kit would create it, in a new project', async () => {
    expect(
      await at({
        'apps/web/package.json': '{}',
        'apps/web/src/db/drizzle.config.ts': config(`dialect: 'postgresql', out: './out'`),
      }),
    ).toEqual(['apps/web/out'])
  })

  it("does not depend on the config's surroundings where the config says all", async () => {
    expect(
      await at({
        'apps/web/package.json': '{}',
        'apps/web/src/drizzle.config.ts': config(
          `dialect: 'postgresql', out: path.join(import.meta.dirname, '../out')`,
        ),
        ...journaled('out', ['0000_a']),
      }),
    ).toEqual(['apps/web/out', 'out'])
  })

  it('may also be one that no config names', async () => {
    expect(
      await found({
        'drizzle.config.ts': config(`dialect: 'postgresql', out: './src/moved'`),
        ...journaled('src/migrations', ['0000_a'], 'mysql'),
        ...folders('services/x/drizzle', ['20260101000000_a'], 'sqlite'),
        'prisma/migrations/20260101000000_a/migration.sql': '',
      }),
    ).toEqual([
      ['drizzle.config.ts', 'postgresql', 'src/moved'],
      ['services/x/drizzle', 'sqlite', 'services/x/drizzle'],
      ['src/migrations', 'mysql', 'src/migrations'],
    ])
  })

  it('that no config names has no schema, so that sync has no say', async () => {
    const { projects } = await discover(journaled('drizzle', ['0000_a']))
    expect(projects).toMatchObject([
      { name: 'drizzle', config: null, schema: [], families: ['history', 'migration'] },
    ])
  })
})

describe('the schema', () => {
  const schemaOf = async (files: Record<string, string>) =>
    (await discover(files)).projects.map(({ schema }) => schema)

  it('is seen from where the migrations folder was found', async () => {
    expect(
      await schemaOf({
        'apps/web/src/db/drizzle.config.ts': config(
          `dialect: 'postgresql', out: './out', schema: ['./src/**/*.ts', './more']`,
        ),
        'src/db/users.ts': '',
        'more/a.ts': '',
        ...journaled('out', ['0000_a']),
      }),
    ).toEqual([['src/**/*.ts', 'more']])
  })

  it('is where its files are, if no migrations tell', async () => {
    expect(
      await schemaOf({
        'db/drizzle.config.ts': config(`dialect: 'mysql', schema: './src/(a)/{b,c}.ts'`),
        'src/(a)/b.ts': '',
      }),
    ).toEqual([['src/(a)/{b,c}.ts']])
  })

  it('and the casing are left out where they cannot be read', async () => {
    const { projects, problems } = await discover({
      'drizzle.config.ts': config(
        `dialect: 'mysql', schema: process.env.SCHEMA, casing: process.env.CASING`,
      ),
    })
    expect(problems).toEqual([])
    expect(projects).toMatchObject([
      {
        schema: [],
        casing: null,
        unread: [
          { key: 'schema', reason: '`process.env.SCHEMA` is only known at run time' },
          { key: 'casing', reason: '`process.env.CASING` is only known at run time' },
        ],
      },
    ])
  })
})

describe('the dialect', () => {
  const dialectOf = async (keys: string, files: Record<string, string> = {}) =>
    (await found({ 'drizzle.config.ts': config(keys), ...files })).map(([, dialect]) => dialect)

  it("is the journal's, which decides what its SQL is", async () => {
    expect(await dialectOf(`dialect: 'turso'`, journaled('drizzle', ['0000_a'], 'sqlite'))).toEqual(
      ['sqlite'],
    )
    expect(await dialectOf(`driver: 'pg'`, journaled('drizzle', ['0000_a'], 'pg'))).toEqual([
      'postgresql',
    ])
  })

  it("is the journal's where the config cannot be read", async () => {
    expect(
      await dialectOf(`dialect: process.env.DIALECT`, journaled('drizzle', ['0000_a'], 'mysql')),
    ).toEqual(['mysql'])
  })

  it("is even a broken journal's", async () => {
    const broken = journal(['0000_a'], 'mysql').replace('[', '\n<<<<<<< HEAD\n[')
    expect(
      await dialectOf(`dialect: process.env.DIALECT`, { 'drizzle/meta/_journal.json': broken }),
    ).toEqual(['mysql'])
  })

  it("is the config's where there are no migrations", async () => {
    expect(await dialectOf(`dialect: 'turso'`)).toEqual(['turso'])
  })

  it.each([
    ['pg', 'postgresql'],
    ['mysql2', 'mysql'],
    ['better-sqlite', 'sqlite'],
    ['libsql', 'sqlite'],
  ])('is what the driver %s of an old config means', async (driver, dialect) => {
    expect(await dialectOf(`driver: '${driver}'`)).toEqual([dialect])
  })

  it("is that of 1.0's snapshots where nothing else tells", async () => {
    expect(
      await dialectOf(`dialect: dialect()`, {
        ...folders('drizzle', ['20260101000000_a'], 'postgres'),
        'drizzle/20260102000000_by-hand/migration.sql': '',
      }),
    ).toEqual(['postgresql'])
  })
})

describe('configs that stand for the same project', () => {
  it('share a migrations folder', async () => {
    const { projects } = await discover({
      'drizzle.config.prod.ts': config(`dialect: 'postgresql', out: './drizzle'`),
      'drizzle.config.ts': config(`dialect: 'postgresql', out: './drizzle'`),
      ...journaled('drizzle', ['0000_a']),
    })
    expect(projects).toMatchObject([
      { name: 'drizzle.config.ts', otherConfigs: ['drizzle.config.prod.ts'] },
    ])
  })

  it('and the one that names it speaks, not the one that falls into it by default', async () => {
    const { projects } = await discover({
      'drizzle.config.ts': config(`dialect: 'postgresql', schema: './events.ts'`),
      'drizzle.config.main.ts': config(
        `dialect: 'postgresql', schema: './schema.ts', out: './drizzle'`,
      ),
      ...journaled('drizzle', ['0000_a']),
    })
    expect(projects).toMatchObject([
      {
        name: 'drizzle.config.main.ts',
        schema: ['schema.ts'],
        otherConfigs: ['drizzle.config.ts'],
      },
    ])
  })

  it('or share a schema, where one of them is used without migrations', async () => {
    const { projects } = await discover({
      'packages/db/drizzle.config.ts': config(`dialect: 'turso', schema: './s.ts', out: './m'`),
      'packages/db/s.ts': '',
      'apps/a/drizzle.config.ts': config(`dialect: 'turso', schema: '../../packages/db/s.ts'`),
      'apps/b/drizzle.config.ts': config(`dialect: 'mysql', schema: '../../packages/db/s.ts'`),
      ...journaled('packages/db/m', ['0000_a'], 'sqlite'),
    })
    expect(projects).toMatchObject([
      { name: 'packages/db/drizzle.config.ts', otherConfigs: ['apps/a/drizzle.config.ts'] },
      { name: 'apps/b/drizzle.config.ts', otherConfigs: [] },
    ])
  })

  it('or stand on one another', async () => {
    const { projects, problems } = await discover({
      'drizzle.config.ts': config(`dialect: 'postgresql', out: './o', schema: './schema.ts'`),
      'drizzle.config.test.ts': '',
      'drizzle.config.prod.ts': `import base from './drizzle.config'
        export default { ...base, dbCredentials: { url: process.env.PROD! } }`,
      'drizzle.config.again.ts': `export { default } from './drizzle.config.prod.js'`,
      ...journaled('o', ['0000_a']),
    })
    expect(problems).toEqual([])
    expect(projects).toMatchObject([
      {
        name: 'drizzle.config.ts',
        otherConfigs: ['drizzle.config.again.ts', 'drizzle.config.prod.ts'],
      },
    ])
  })

  it('or are parts of one that is no config itself', async () => {
    expect(
      await found({
        'drizzle.config.ts': `import base from './config/drizzle'
          export default { ...base, out: './o' }`,
        'config/drizzle.ts': `export default { dialect: 'mysql', out: './elsewhere' }`,
      }),
    ).toEqual([['drizzle.config.ts', 'mysql', 'o']])
  })
})

describe('what cannot be read is a problem that names the key to set', () => {
  it('out', async () => {
    expect(await problemsOf({ 'drizzle.config.ts': config(`out: process.env.OUT`) })).toEqual([
      {
        message:
          'drizzle.config.ts: "out" cannot be read without running it: ' +
          '`process.env.OUT` is only known at run time.',
        file: 'drizzle.config.ts',
        help:
          'Set projects[].out in migration-lint.config.ts: ' +
          "{ projects: [{ config: 'drizzle.config.ts', out: '…' }] }.",
      },
    ])
  })

  it('out that leaves the repository', async () => {
    expect(
      await problemsOf({ 'drizzle.config.ts': config(`out: '..', dialect: 'mysql'`) }),
    ).toMatchObject([{ message: expect.stringContaining('it lies outside of the repository') }])
  })

  it('the dialect, where no migration tells it', async () => {
    expect(
      await problemsOf({ 'drizzle.config.ts': config(`out: './o', dialect: dialect()`) }),
    ).toMatchObject([
      {
        message: expect.stringContaining('"dialect" cannot be read'),
        help: expect.stringContaining('projects[].dialect'),
      },
    ])
    expect(await problemsOf({ 'drizzle.config.ts': config(`out: './o'`) })).toMatchObject([
      { message: 'drizzle.config.ts: the dialect is not configured and cannot be inferred.' },
    ])
  })

  it('a dialect we do not know', async () => {
    expect(
      await problemsOf({ 'drizzle.config.ts': config(`out: './o', dialect: 'oracle'`) }),
    ).toMatchObject([{ message: "drizzle.config.ts: the dialect 'oracle' is not supported." }])
  })

  it('while the other projects are found all the same', async () => {
    const { projects, problems } = await discover({
      'a/drizzle.config.ts': config(`out: process.env.OUT`),
      'b/drizzle.config.ts': config(`dialect: 'mysql'`),
    })
    expect(problems).toHaveLength(1)
    expect(projects).toMatchObject([{ name: 'b/drizzle.config.ts' }])
  })
})

describe('`projects` of our own configuration', () => {
  const files = {
    'a/drizzle.config.ts': config(`dialect: 'turso', out: process.env.OUT, schema: './s.ts'`),
    'a/s.ts': '',
    'b/drizzle.config.ts': config(`dialect: 'mysql'`),
    ...journaled('c/migrations', ['0000_a'], 'sqlite'),
    'custom/20260101000000_a/migration.sql': '',
  }

  it('are exactly the projects there are', async () => {
    const { projects, problems } = await discover(files, [{ out: './c/migrations/' }])
    expect(problems).toEqual([])
    expect(projects).toMatchObject([
      { name: 'c/migrations', config: null, dialect: 'sqlite', out: 'c/migrations' },
    ])
  })

  it('win over what the drizzle config says', async () => {
    const { projects, problems } = await discover(files, [
      {
        config: './a/drizzle.config.ts',
        out: 'c/migrations',
        dialect: 'turso',
        casing: 'camelCase',
        migrator: 'per-file',
        postgres: { version: 15 },
        families: ['history'],
        baseline: '0000_a',
        smallTables: ['settings'],
        downtime: true,
      },
    ])
    expect(problems).toEqual([])
    expect(projects).toEqual([
      {
        name: 'a/drizzle.config.ts',
        config: 'a/drizzle.config.ts',
        otherConfigs: [],
        dialect: 'turso',
        schemaDialect: 'turso',
        out: 'c/migrations',
        schema: ['a/s.ts'],
        casing: 'camelCase',
        prefix: null,
        bookkeeping: { table: null, schema: null },
        filters: { tables: null, schemas: null },
        breakpoints: null,
        driver: null,
        client: null,
        absoluteOut: false,
        migrator: 'per-file',
        postgres: { version: 15, timezone: 'UTC' },
        mysql: { product: null, version: null },
        families: ['history'],
        baseline: '0000_a',
        smallTables: ['settings'],
        smallBelow: null,
        downtime: true,
        folder: 'a',
        unread: [],
      },
    ])
  })

  it('may replace a schema that cannot be read', async () => {
    const { projects } = await discover(
      { 'drizzle.config.ts': config(`dialect: 'mysql', schema: schema()`) },
      [{ config: 'drizzle.config.ts', schema: './src/*.ts' }],
    )
    expect(projects).toMatchObject([{ schema: ['src/*.ts'], unread: [] }])
  })

  it('may name what is skipped otherwise', async () => {
    const { projects } = await discover({ 'test/drizzle.config.ts': config(`dialect: 'mysql'`) }, [
      { config: 'test/drizzle.config.ts' },
    ])
    expect(projects).toMatchObject([{ name: 'test/drizzle.config.ts' }])
  })

  it.each<[string, ProjectConfig, string, string]>([
    ['neither config nor out', {}, 'projects[0] names neither', 'projects[0].out'],
    ['a config that is not there', { config: 'x.ts' }, 'projects[0].config names x.ts', 'out'],
    ['a folder outside', { out: '../x' }, 'lies outside of the repository', 'projects[0].out'],
    ['no migrations', { out: 'x' }, 'projects[0].out names x', 'from the repository root'],
    [
      'no dialect',
      { out: 'custom' },
      'custom: the dialect is not configured',
      'projects[].dialect',
    ],
  ])('are a problem with %s', async (_, entry, message, help) => {
    expect(await problemsOf(files, [entry])).toMatchObject([
      { message: expect.stringContaining(message), help: expect.stringContaining(help) },
    ])
  })
})

describe('a project asked for by name', () => {
  const files = {
    'drizzle.config.ts': config(`out: process.env.OUT`),
    'examples/tests/a/drizzle.config.ts': config(`dialect: 'mysql'`),
    ...journaled('examples/tests/a/drizzle', ['0000_a'], 'mysql'),
    ...journaled('fixtures/b', ['0000_b'], 'sqlite'),
  }

  it.each([
    ['its config', 'examples/tests/a/drizzle.config.ts'],
    ['its folder', './examples/tests/a/'],
  ])('by %s is the only one, wherever it lies', async (_, name) => {
    expect(await found(files, { only: [name] })).toEqual([
      ['examples/tests/a/drizzle.config.ts', 'mysql', 'examples/tests/a/drizzle'],
    ])
  })

  it('may be a migrations folder without a config', async () => {
    expect(await found(files, { only: ['fixtures/b'] })).toEqual([
      ['fixtures/b', 'sqlite', 'fixtures/b'],
    ])
  })

  it('that does not exist is a problem that tells what does', async () => {
    const { projects, problems } = await discover(
      { 'a/drizzle.config.ts': config(`dialect: 'mysql'`) },
      undefined,
      { only: ['b'] },
    )
    expect(projects).toEqual([])
    expect(problems).toEqual([
      {
        message: 'No Drizzle project is named b.',
        file: null,
        help: 'There are: a/drizzle.config.ts.',
      },
    ])
  })
})

describe('a cache', () => {
  it('spares reading a config again, by its content or by the blob id the tree knows', async () => {
    const files = {
      'drizzle.config.ts': config(`dialect: 'mysql'`),
      'b/drizzle.config.json': JSON.stringify({ dialect: 'mysql', out: './o' }),
    }
    // `git hash-object` of the config.
    const blobs = { 'drizzle.config.ts': '2ddf4f39b93b63654f624c2c532a58672a798c74' }
    const kept = new Map<string, unknown>()
    const cache = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => {
        kept.set(key, JSON.parse(JSON.stringify(value)))
      },
    }
    const first = await discover(files, undefined, { cache })
    const keys = [...kept.keys()]
    expect(keys).toEqual([
      expect.stringContaining(`drizzle.config.ts:${files['drizzle.config.ts']}`),
    ])

    const [key = ''] = keys
    kept.set(key, { ...(kept.get(key) as object), out: { kind: 'unreadable', reason: 'cached' } })
    const second = await discover(files, undefined, { cache })
    expect(first.problems).toEqual([])
    expect(second.problems).toMatchObject([{ message: expect.stringContaining('cached') }])

    await discoverProjects(memoryTree(files, { blobs }), undefined, { cache })
    expect([...kept.keys()].at(-1)).toMatch(
      /^drizzle-config:\d+:drizzle\.config\.ts:2ddf4f39b9\w+$/,
    )
  })
})

describe('where there is no Drizzle', () => {
  it('there is nothing, and no problem', async () => {
    expect(await discover({ 'package.json': '{}', 'src/index.ts': '' })).toEqual({
      projects: [],
      leftOut: [],
      problems: [],
    })
  })
})
