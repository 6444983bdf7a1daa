import { expect, test } from 'vitest'
import { useRepositories } from '../../git/fixtures.ts'
import { type Files, checkIn, journalFolder, writeFiles } from '../projects.ts'

const made = useRepositories()

const TABLES = `CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text);
--> statement-breakpoint
CREATE TABLE \`posts\` (\`id\` integer PRIMARY KEY, \`user\` integer REFERENCES \`users\`(\`id\`) ON DELETE cascade);
--> statement-breakpoint
CREATE INDEX \`posts_user\` ON \`posts\` (\`user\`);`
const REBUILD = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text DEFAULT 'x');--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "name") SELECT "id", "name" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`

function folderOf(migrations: Readonly<Record<string, string>>): Files {
  const config = `export default { dialect: 'sqlite', schema: './s.ts', out: './drizzle' }`
  return { 'drizzle.config.ts': config, ...journalFolder(migrations, 'drizzle', 'sqlite') }
}

/** What is said of migrations that are pending together, on top of those that are deployed. */
async function found(
  deployed: Readonly<Record<string, string>>,
  pending: Readonly<Record<string, string>>,
  more: Files,
) {
  const repository = made.create()
  writeFiles(repository.path, { ...folderOf(deployed), ...more })
  repository.commit('deployed')
  repository.git('checkout', '--quiet', '-b', 'feature')
  writeFiles(repository.path, folderOf({ ...deployed, ...pending }))
  const { findings } = await checkIn(repository.path, undefined, { only: ['migration'] })
  return findings
}

const migrate = (pragma: string) => ({
  'package.json': '{ "dependencies": { "better-sqlite3": "12.0.0" } }',
  'src/migrate.ts': `import { migrate } from 'drizzle-orm/better-sqlite3/migrator'\n${pragma}\nmigrate(db)`,
})

test.each([
  ["sqlite.pragma('foreign_keys = OFF')", 0],
  ["sqlite.exec('PRAGMA foreign_keys=0;')", 0],
  ["sqlite.pragma('foreign_keys = ON')", 1],
  ['', 1],
])('whose code says %j before it migrates', async (pragma, count) => {
  const findings = await found({ '0000_a': TABLES }, { '0001_b': REBUILD }, migrate(pragma))
  expect(findings.filter(({ rule }) => rule === 'rebuild-deletes-children')).toHaveLength(count)
})

test('D1 has no such switch', async () => {
  const findings = await found(
    { '0000_a': TABLES },
    { '0001_b': REBUILD },
    {
      ...migrate("db.run('PRAGMA foreign_keys = OFF')"),
      'package.json': '{}',
      'wrangler.toml': '[[d1_databases]]',
    },
  )
  const [finding] = findings.filter(({ rule }) => rule === 'rebuild-deletes-children')
  expect(finding?.help).toMatch(/^On D1 foreign keys are always on: change the column without/)
})

const CREATE = { '0001_notes': 'CREATE TABLE `notes` (`id` integer PRIMARY KEY, `a` text);' }
const LATER = {
  '0002_unique': 'CREATE UNIQUE INDEX `notes_a` ON `notes` (`a`);',
  '0003_more': 'ALTER TABLE `notes` ADD `b` text NOT NULL;',
}

test('a device may have any of the migrations already, and nobody can ask it', async () => {
  const on = (packages: object) => ({ 'package.json': JSON.stringify({ dependencies: packages }) })
  const all = { ...CREATE, ...LATER }
  expect(await found({ '0000_a': TABLES }, all, on({ 'better-sqlite3': '12.0.0' }))).toEqual([])
  for (const name of ['expo-sqlite', '@op-engineering/op-sqlite']) {
    const findings = await found({ '0000_a': TABLES }, all, on({ [name]: '1.0.0' }))
    expect(findings.map(({ rule }) => rule)).toEqual([
      'create-index',
      'required-column-without-default',
    ])
    expect(findings.map(({ help }) => help).join()).not.toMatch(/SELECT|Check production/)
  }
})
