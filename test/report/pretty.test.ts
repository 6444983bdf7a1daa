import { describe, expect, test } from 'vitest'
import { pretty, type PrettyOptions } from '../../src/report/pretty.ts'
import { FILE, finding, rangeOf, result } from './fixtures.ts'

const plain: PrettyOptions = {
  color: false,
  cwd: '/repo',
  root: '/repo',
  quiet: false,
  width: null,
}

const print = (given: Parameters<typeof result>[0], options: Partial<PrettyOptions> = {}) =>
  `\n${pretty(result(given), { ...plain, ...options })}`

const SQL = `ALTER TABLE "users" ADD COLUMN "a" int;--> statement-breakpoint
CREATE INDEX "i" ON "users" ("a");--> statement-breakpoint
ALTER TABLE "users"
  DROP COLUMN "email";
`

const dropEmail = finding({ range: rangeOf(SQL, '"email"') })
const createIndex = finding({
  rule: 'create-index',
  severity: 'warn',
  category: 'blocks-traffic',
  object: 'i',
  range: rangeOf(SQL, '"i"'),
  message: 'Building i blocks writes to users.',
  help: 'Do the following:\n1. Build it outside the migrator.\n2. Then migrate.',
})

describe('findings', () => {
  test('each with place, code, what will happen and what to do; the worst of a file first', () => {
    const findings = [createIndex, dropEmail]
    expect(print({ findings, texts: { [FILE]: SQL } })).toBe(`
drizzle/0004_shiny_vision.sql:4:15
  error  drop-column  users.email
  Dropping users.email deletes its data.
      3 | ALTER TABLE "users"
    > 4 |   DROP COLUMN "email";
        |               ^^^^^^^
  help: Drop it in the deployment after the next.

drizzle/0004_shiny_vision.sql:2:14
  warning  create-index  i
  Building i blocks writes to users.
    > 2 | CREATE INDEX "i" ON "users" ("a");--> statement-breakpoint
        |              ^^^
  help: Do the following:
        1. Build it outside the migrator.
        2. Then migrate.

1 error, 1 warning
Judged 1 migration (3 statements), compared with origin/main.
More about a rule: npx migration-lint explain drop-column
`)
  })

  test('of one file stand together, files in the order they come', () => {
    const other = finding({ file: 'drizzle/0005_b.sql' })
    const text = print({ findings: [createIndex, other, dropEmail] })
    expect(text.match(/^drizzle\/\S+/gm)).toEqual([FILE, FILE, 'drizzle/0005_b.sql'])
  })

  test('about a whole file, or a file whose text is not known, have no position', () => {
    const text = print({ findings: [finding({ object: null }), dropEmail] })
    expect(text).toContain(`\n${FILE}\n  error  drop-column\n`)
    expect(text).not.toMatch(/:\d+:\d+/)
  })

  test('are found from the working directory', () => {
    const findings = [dropEmail]
    expect(print({ findings, texts: { [FILE]: SQL } }, { cwd: '/repo/apps/web' })).toContain(
      '\n../../drizzle/0004_shiny_vision.sql:4:15\n',
    )
  })

  test('that are suppressed are counted only', () => {
    const findings = [{ ...dropEmail, suppressed: { reason: 'never used' } }]
    expect(print({ findings })).toBe(`
1 suppressed
Judged 1 migration (3 statements), compared with origin/main.
`)
  })

  test('are broken into lines as wide as the terminal', () => {
    const message = 'Dropping users.email deletes its data and the index that stands on it.'
    expect(print({ findings: [finding({ message })] }, { width: 40 })).toContain(`
  Dropping users.email deletes its data
  and the index that stands on it.
  help: Drop it in the deployment after
        the next.
`)
  })

  test('cannot steer the terminal through the names they quote', () => {
    const findings = [finding({ object: 'a\u001b[2J', message: 'Dropping \u001b]0;x\u0007 it.' })]
    expect(print({ findings })).not.toContain('\u001b')
    expect(print({ findings })).not.toContain('\u0007')
  })

  test('have colours where wanted, and the same text under them', () => {
    const given = { findings: [dropEmail, createIndex], texts: { [FILE]: SQL } }
    const colored = print(given, { color: true })
    expect(colored).toContain('\u001b[1m\u001b[31merror\u001b[39m\u001b[22m')
    // eslint-disable-next-line no-control-regex
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(print(given))
  })
})

describe('what could not be checked', () => {
  const problems = [
    {
      message: 'apps/api/drizzle.config.ts: its dialect cannot be read',
      file: 'apps/api/drizzle.config.ts',
      help: 'Set projects[].dialect in migration-lint.config.ts.',
    },
    { message: 'the journal is not valid JSON', file: 'drizzle/meta/_journal.json', help: '' },
  ]

  test('is said with its file and what to do, and nothing is claimed about migrations', () => {
    expect(print({ problems, counts: { migrationsJudged: 0, statements: 0 } })).toBe(`
could not check: apps/api/drizzle.config.ts: its dialect cannot be read
  help: Set projects[].dialect in migration-lint.config.ts.

could not check: the journal is not valid JSON (drizzle/meta/_journal.json)

2 things not checked
No migration was judged.
`)
  })

  test('stands after what was found', () => {
    const text = print({ problems, findings: [finding()] })
    expect(text.indexOf('drop-column')).toBeLessThan(text.indexOf('could not check'))
    expect(text).toContain('1 error, 2 things not checked\n')
  })
})

describe('what was looked at', () => {
  test('all of it is counted', () => {
    const counts = {
      migrationsJudged: 2,
      statements: 1,
      migrationsDeployed: 41,
      orphans: 2,
      unmodelled: 1,
    }
    const orphanFiles = ['drizzle/0003_x.sql', 'drizzle/0004_y.sql']
    expect(print({ counts, orphanFiles })).toBe(`
Judged 2 migrations (1 statement), compared with origin/main; 41 deployed migrations were \
replayed, not judged; 1 statement could not be modelled.
2 SQL files are not in the journal and never run: drizzle/0003_x.sql, drizzle/0004_y.sql.
`)
  })

  test('one of each', () => {
    const counts = { statements: 1, migrationsDeployed: 1, orphans: 1, unmodelled: 2 }
    expect(print({ counts, orphanFiles: ['drizzle/0003_x.sql'], comparedWith: '' })).toBe(`
Judged 1 migration (1 statement); 1 deployed migration was replayed, not judged; \
2 statements could not be modelled.
1 SQL file is not in the journal and never runs: drizzle/0003_x.sql.
`)
  })

  test('first what there is', () => {
    const state = { state: 'compared' } as const
    const families = { sync: state, history: state, migration: state }
    const one = { name: 'db/drizzle.config.ts', dialect: 'sqlite', migrations: 3, families }
    expect(print({ projects: [one] })).toContain(
      '\nFound db/drizzle.config.ts (sqlite) with 3 migrations; the schema was compared with them.\n',
    )
    const off = { ...families, sync: { state: 'off', reason: '--all' } } as const
    expect(print({ projects: [{ ...one, families: off, migrations: 1 }] })).toContain(
      '\nFound db/drizzle.config.ts (sqlite) with 1 migration.\n',
    )
    expect(print({ projects: [one, one, one, { ...one, dialect: 'mysql' }] })).toContain(
      '\nFound 4 projects (sqlite, mysql) with 12 migrations; 4 schemas compared.\n',
    )
    expect(print({ projects: [one], problems: [] }, { silentIfClean: true })).not.toContain('Found')
  })

  test('nothing pending: says so, what was not judged, and how to', () => {
    const counts = { migrationsJudged: 0, statements: 0, migrationsDeployed: 41 }
    expect(print({ counts })).toBe(`
No migration is pending, compared with origin/main; 41 deployed migrations were not judged.
To judge deployed ones too: npx migration-lint --all, or --since <tag> for those after it.
`)
  })

  test('no migrations at all', () => {
    expect(print({ counts: { migrationsJudged: 0, statements: 0 } })).toBe(`
No migration is pending, compared with origin/main.
`)
  })
})

describe('--quiet', () => {
  test('prints nothing where there is no error and no problem', () => {
    expect(pretty(result({ findings: [createIndex] }), { ...plain, quiet: true })).toBe('')
  })

  test('leaves out warnings but counts them', () => {
    const text = print({ findings: [createIndex, dropEmail] }, { quiet: true })
    expect(text).not.toContain('create-index')
    expect(text).toMatch(/after the next\.\n\n1 error, 1 warning\n$/)
  })

  test('still says why too many warnings fail', () => {
    expect(print({ findings: [createIndex] }, { quiet: true, maxWarnings: 0 })).toBe(`
1 warning
Too many warnings: 1; --max-warnings allows 0.
`)
  })
})

test('--max-warnings that holds goes without saying', () => {
  expect(print({ findings: [createIndex] }, { maxWarnings: 1 })).not.toContain('Too many')
})
