import { expect, test } from 'vitest'
import { useRepositories } from '../../git/fixtures.ts'
import { checkIn, journalFolder, writeFiles } from '../projects.ts'

const made = useRepositories()

const WRANGLER = '[[d1_databases]]\nbinding = "DB"\nmigrations_dir = "drizzle"\n'
const CREATE = 'CREATE TABLE `users` (`id` integer PRIMARY KEY, `name` text);'
const BY_HAND =
  'ALTER TABLE `users` ADD `age` integer;\n--> statement-breakpoint\nALTER TABLE `users` DROP COLUMN `name`;'
const LISTED = 'ALTER TABLE `users` DROP COLUMN `age`;'

/** A project whose 0001 nobody lists, and whose 0002 takes its column away again. */
async function found(wrangler: string) {
  const repository = made.create()
  const config = `export default { dialect: 'sqlite', schema: './s.ts', out: './drizzle' }`
  const base = { 'drizzle.config.ts': config, 'wrangler.toml': wrangler }
  writeFiles(repository.path, {
    ...base,
    ...journalFolder({ '0000_a': CREATE }, 'drizzle', 'sqlite'),
  })
  repository.commit('deployed')
  repository.git('checkout', '--quiet', '-b', 'feature')
  writeFiles(repository.path, {
    ...journalFolder({ '0000_a': CREATE, '0002_c': LISTED }, 'drizzle', 'sqlite'),
    'drizzle/0001_b.sql': BY_HAND,
  })
  const { findings, counts } = await checkIn(repository.path, undefined, { only: ['migration'] })
  return {
    orphans: counts.orphans,
    judged: counts.migrationsJudged,
    found: findings.map(({ rule, file }) => `${rule} ${file}`),
  }
}

test('what wrangler runs is judged in the order of the names, listed or not', async () => {
  expect(await found(WRANGLER)).toEqual({
    orphans: 0,
    judged: 2,
    found: ['drop-column drizzle/0001_b.sql'],
  })
})

test('what the journal does not list nobody else runs', async () => {
  expect(await found('name = "worker"')).toEqual({
    orphans: 1,
    judged: 1,
    found: ['fails-when-run drizzle/0002_c.sql', 'drop-column drizzle/0002_c.sql'],
  })
})
