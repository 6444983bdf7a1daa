import { describe, expect, test } from 'vitest'
import { pretty } from '../../src/report/pretty.ts'
import { finding, formatOptions, rangeOf, result } from './fixtures.ts'

const SQL = 'ALTER TABLE a DROP COLUMN x;\nALTER TABLE b DROP COLUMN y;\n'

function dropped(object: string, name: string, part?: string) {
  return finding({
    object,
    file: `drizzle/${name}.sql`,
    migration: name,
    range: part === undefined ? null : rangeOf(SQL, part),
    message: `Dropping ${object} deletes its data.`,
    help: `Stop using ${object} first.`,
  })
}

const slow = finding({
  rule: 'create-index',
  severity: 'warn',
  category: 'blocks-traffic',
  object: 'a_idx',
  message: 'a_idx blocks writes to a.',
  help: '',
})

function print(findings: Parameters<typeof result>[0], isWholeHistory = true): string {
  return pretty(result(findings), formatOptions({ isWholeHistory }))
}

describe('findings of every migration', () => {
  test('are grouped by rule, message and help: what it says, of what, where, and what to do', () => {
    const findings = [
      slow,
      dropped('a.x', '0001_a', 'x'),
      dropped('b.y', '0002_b', 'y'),
      dropped('a.x', '0003_c'),
      finding({ object: 'c.z', message: 'Nobody can read c.z any more.', help: 'Wait.' }),
    ]
    const texts = { 'drizzle/0001_a.sql': SQL, 'drizzle/0002_b.sql': SQL }
    expect(print({ findings, texts })).toBe(`error  drop-column  4 findings
  Dropping a.x deletes its data.
    a.x  drizzle/0001_a.sql:1:27, drizzle/0003_c.sql
    b.y  drizzle/0002_b.sql:2:27
  help: Stop using a.x first.
  Nobody can read c.z any more.
    drizzle/0004_shiny_vision.sql
  help: Wait.

warning  create-index
  a_idx blocks writes to a.
    drizzle/0004_shiny_vision.sql

rule          errors  warnings
drop-column        4         -
create-index       -         1

4 errors, 1 warning
Judged 1 migration (3 statements), compared with origin/main.
To set aside what deployed migrations have wrong: npx migration-lint baseline
More about a rule: npx migration-lint explain drop-column
`)
  })

  test('many objects are counted', () => {
    const findings = Array.from({ length: 20 }, (_, i) => dropped(`t${i}.x`, `000${i}_a`))
    const text = print({ findings })
    expect(text).toContain('\n    and 14 more\n')
    expect(text.split('\n').length).toBeLessThan(20)
  })

  test('are told one by one where only some migrations are judged', () => {
    const text = print({ findings: [dropped('a.x', '0001_a'), dropped('b.y', '0002_b')] }, false)
    expect(text).toContain('help: Stop using b.y first.')
    expect(text).not.toContain('baseline')
  })
})

describe('what can be done about all of it', () => {
  const locks = Array.from({ length: 4 }, () => slow)

  test('a window for maintenance, where most of it is about locks and nobody has said', () => {
    const downtimeOpen = ['drizzle.config.ts']
    expect(print({ findings: locks, downtimeOpen }, false)).toContain(
      '4 of 4 findings are about locks and running code. If nobody uses the database while migrations run, set projects[].downtime: true',
    )
    expect(print({ findings: locks, downtimeOpen: [] }, false)).not.toContain('downtime')
    const others = [...locks, ...locks.map(() => finding())]
    expect(print({ findings: others, downtimeOpen }, false)).not.toContain('downtime')
  })
})

test('another place of a finding is marked too', () => {
  const also = [{ file: 'src/posts.ts', range: rangeOf(SQL, 'y') }]
  const text = print(
    { findings: [{ ...dropped('a.x', '0001_a'), also }], texts: { 'src/posts.ts': SQL } },
    false,
  )
  expect(text).toContain(`  and src/posts.ts:2:27
    > 2 | ALTER TABLE b DROP COLUMN y;
        |                           ^
`)
})
