import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { migrationRules as rules } from '../../rules/index.ts'
import { engine } from '../dialects/mysql/judged.ts'
import { mysqlExamples as examples } from './examples.ts'
import { reportedBy } from './judgedExample.ts'

const [head = '', ...rows] = readFileSync(
  new URL('../fixtures/mysql-truth.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
const base = (JSON.parse(head) as { base_sql: readonly string[] }).base_sql
const measured = rows
  .map(
    (row) =>
      JSON.parse(row) as {
        id: string
        engine: string
        pre: string[] | null
        sql: string | string[]
      },
  )
  .filter(({ id, engine: server }) => server === 'mysql' && !id.startsWith('_'))
  .map(({ id, pre, sql }) => ({ id, schema: [...base, ...(pre ?? [])], sql }))

const reported = reportedBy(engine, {
  version: null,
  timezone: 'UTC',
  transaction: 'deployment',
  product: 'mysql',
})

/** Messages on locks and types that MySQL does not have. */
const OF_POSTGRESQL: Readonly<Record<string, readonly string[]>> = {
  'add-foreign-key': ['checksUnderLock'],
  'change-column-type': ['scans', 'rebuilds', 'recreatesEnum'],
  'create-index': ['buildsUnderLock'],
  'long-work-under-lock': ['mayRewrite'],
}

const bad = examples.filter(({ kind }) => kind === 'bad')
const good = examples.filter(({ kind }) => kind === 'good')

/** Everything that is said of the bad examples and of all measured statements. */
const REPORTED = [
  ...bad.map((one) => ({ name: one.rule, text: reported(one).join() })),
  ...measured.map(({ id, sql, schema }) => {
    const example = { name: id, schema: schema.join(';\n'), sql, dialect: 'mysql' as const }
    return { name: id, text: reported({ rule: id, kind: 'bad', example }).join() }
  }),
]

describe('an example of a rule on MySQL', () => {
  test.for(bad)('that is bad is reported: $rule, $example.name', (documented) => {
    expect(reported(documented)).toContainEqual(expect.stringMatching(`^${documented.rule}: `))
  })

  test.for(good)('that is good passes every rule: $rule, $example.name', (documented) => {
    expect(reported(documented)).toEqual([])
  })

  test.for([
    'postgres',
    'ACCESS EXCLUSIVE',
    'NOT VALID',
    'VALIDATE CONSTRAINT',
    'CONCURRENTLY',
    'pgTable',
    'psql',
    'USING INDEX',
    'timestamptz',
    'SQLite',
    'ON CONFLICT',
    'onConflict',
    '::',
  ])('says nothing of %s', (word) => {
    const told = rules
      .filter(({ meta: { dialects } }) => dialects === 'all' || dialects.includes('mysql'))
      .flatMap(({ name, meta: { docs, messages, wording } }) => {
        const own = wording?.mysql
        const said = Object.entries({ ...messages, ...own?.messages }).filter(
          ([id]) => !OF_POSTGRESQL[name]?.includes(id),
        )
        return [own ?? docs, said].map((text) => ({ name, text: JSON.stringify(text) }))
      })
    const all = [...told, ...REPORTED]
    const found = all.filter(({ text }) => text.toLowerCase().includes(word.toLowerCase()))
    expect(found).toEqual([])
  })
})
