import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { builtCli } from '../../built.ts'
import { type Files, generated, install, write } from '../../drizzle/kit/kits.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { checkIn } from '../projects.ts'

// drizzle-kit 1.0.0-rc.5 says "No schema changes" of them in SQLite and MySQL.
const made = useRepositories()
const KIT = '1.0.0-rc.5'

beforeAll(() => {
  builtCli()
})

const SQLITE = (
  index: string,
) => `import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
export const posts = sqliteTable('posts', { id: integer('id').primaryKey(), slug: text('slug'), title: text('title') }, (t) => [${index}])
`
const MYSQL = (
  index: string,
) => `import { index, int, mysqlTable, varchar, uniqueIndex } from 'drizzle-orm/mysql-core'
export const posts = mysqlTable('posts', { id: int('id').primaryKey(), slug: varchar('slug', { length: 50 }), title: varchar('title', { length: 50 }) }, (t) => [${index}])
`

function projectOf(dialect: string, schema: string): Files {
  return {
    'schema.ts': schema,
    'drizzle.config.ts': `export default { dialect: '${dialect}', out: './drizzle', schema: './schema.ts' }\n`,
  }
}

test.each([
  [
    'sqlite',
    SQLITE,
    "uniqueIndex('posts_i').on(t.slug)",
    'CREATE UNIQUE INDEX `posts_i` ON `posts` (`slug`);',
  ],
  [
    'sqlite',
    SQLITE,
    "index('posts_i').on(t.title)",
    'CREATE INDEX `posts_i` ON `posts` (`title`);',
  ],
  ['mysql', MYSQL, "index('posts_i').on(t.title)", 'CREATE INDEX `posts_i` ON `posts` (`title`);'],
] as const)(
  '%s: a changed index is a warning, until SQL makes it',
  async (dialect, schemaOf, index, create) => {
    const before = projectOf(dialect, schemaOf("index('posts_i').on(t.slug)"))
    const repo = made.create()
    install(KIT, repo.path)
    write(repo.path, { '.gitignore': 'node_modules\n', ...before, ...generated(KIT, before) })
    repo.commit('base')
    const said = async () => {
      const { findings } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
      return findings.map(({ severity, message, help }) => `${severity} ${message} ${help}`)
    }
    repo.write('schema.ts', schemaOf(index))
    repo.git('add', '--all')
    const [warning, ...more] = await said()
    expect(more).toEqual([])
    expect(warning).toMatch(
      /^warn The index posts_i of the schema differs from the one in the migrations/,
    )
    expect(warning).toContain('npx drizzle-kit generate --custom, and put into the new file:')
    const drop = dialect === 'mysql' ? 'DROP INDEX `posts_i` ON `posts`;' : 'DROP INDEX `posts_i`;'
    expect(warning).toContain(`\n  ${drop}\n  ${create}`)
    const [name] = readdirSync(join(repo.path, 'drizzle'))
    const last = generated(KIT, before)[`drizzle/${name}/snapshot.json`]!
    const copy = { ...(JSON.parse(last) as { id: string }) }
    write(repo.path, {
      'drizzle/29990101000000_index/migration.sql': `${drop}\n--> statement-breakpoint\n${create}`,
      'drizzle/29990101000000_index/snapshot.json': JSON.stringify({
        ...copy,
        id: '11111111-1111-4111-8111-111111111111',
        prevIds: [copy.id],
      }),
    })
    repo.git('add', '--all')
    if (dialect === 'sqlite') expect(await said()).toEqual([])
  },
)
