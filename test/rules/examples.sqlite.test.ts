import { describe, expect, test } from 'vitest'
import { migrationRules as rules } from '../../rules/index.ts'
import type { Session } from '../../src/dialects/effects.ts'
import { type Database, migrate, newDatabase } from '../dialects/sqlite/database.ts'
import { engine } from '../dialects/sqlite/judged.ts'
import { type DocumentedExample, sqliteExamples as examples } from './examples.ts'
import { reportedBy, schemaOf, statementsOf } from './judgedExample.ts'

const session: Session = {
  version: null,
  timezone: 'UTC',
  transaction: 'deployment',
  driver: 'better-sqlite3',
}
const reported = reportedBy(engine, session)

async function run(documented: DocumentedExample, fill: (database: Database) => void) {
  const database = await newDatabase()
  for (const statement of schemaOf(documented)) database.run(statement)
  fill(database)
  const error = migrate(database, statementsOf(documented))
  database.close()
  return error
}

/** A row in every table, which points at the first row of those it has to point at. */
function fillTables(database: Database): void {
  const tables =
    database.exec("SELECT name FROM sqlite_master WHERE type = 'table'")[0]?.values ?? []
  for (const [name] of tables) {
    const columns = database.exec(`SELECT name FROM pragma_table_info('${String(name)}')`)[0]
      ?.values
    const values = (columns ?? []).map(([column]) => (column === 'name' ? 'NULL' : '1'))
    database.run(`INSERT INTO \`${String(name)}\` VALUES (${values.join()})`)
  }
}

const bad = examples.filter(({ kind }) => kind === 'bad')
const good = examples.filter(({ kind }) => kind === 'good')

describe('an example of a rule on SQLite', () => {
  test.for(bad)('that is bad is reported: $rule, $example.name', (documented) => {
    expect(reported(documented)).toContainEqual(expect.stringMatching(`^${documented.rule}: `))
  })

  test.for(good)('that is good passes every rule: $rule, $example.name', (documented) => {
    expect(reported(documented)).toEqual([])
  })

  test.for(good)('that is good runs, with rows and without: $rule, $example.name', async (one) => {
    expect(await run(one, () => {})).toBeNull()
    expect(await run(one, fillTables)).toBeNull()
  })

  test.for(
    bad.filter(({ rule }) =>
      ['fails-when-run', 'unparsed', 'required-column-without-default', 'set-not-null'].includes(
        rule,
      ),
    ),
  )('that is said to fail fails where there are rows: $rule, $example.name', async (one) => {
    expect(await run(one, fillTables)).not.toBeNull()
  })

  test.for(['postgres', 'ACCESS EXCLUSIVE', 'NOT VALID', 'CONCURRENTLY', 'pgTable'])(
    'says nothing of %s',
    (word) => {
      const told = rules
        .filter(({ meta: { dialects } }) => dialects === 'all' || dialects.includes('sqlite'))
        .flatMap(({ meta }) => {
          const { docs, messages, wording } = meta
          const { sqlite } = wording ?? {}
          return JSON.stringify([sqlite ?? docs, bad.map(reported), sqlite ? {} : messages])
        })
      expect(told.filter((text) => text.toLowerCase().includes(word.toLowerCase()))).toEqual([])
    },
  )
})
