import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deployed, judged } from './judged.ts'

interface Row {
  readonly id: string
  readonly engine: string
  readonly version: string
  readonly pre: readonly string[] | null
  readonly session: readonly string[] | null
  readonly sql: string | readonly string[]
  readonly errorRows: string | null
  readonly errorEmpty: string | null
  readonly algorithm?: string | null
  readonly blocks?: 'nothing' | 'writes' | 'reads+writes' | null
  readonly rebuildsTable?: boolean | null
  /** What became of it with an explicit algorithm and lock: `INPLACE/NONE` → `ok` or the error. */
  readonly forced?: Readonly<Record<string, string>> | null
}

const [head = '', ...lines] = readFileSync(
  new URL('../../fixtures/mysql-truth.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
const base = (JSON.parse(head) as { base_sql: readonly string[] }).base_sql
const rows = lines.map((line) => JSON.parse(line) as Row).filter(({ id }) => !id.startsWith('_'))

/** What the effects do not say, and who says it, or why nobody does. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'enforce-check': 'MariaDB has no such statement: it was not run there',
}

const SERVERS: Readonly<Record<string, { readonly product: string; readonly version: number }>> = {
  '9.7': { product: 'mysql', version: 907 },
  '11.8': { product: 'mariadb', version: 1108 },
  '10.11': { product: 'mariadb', version: 1011 },
}

function serverOf({ version }: Row) {
  const [, name = ''] = /^(\d+\.\d+)/.exec(version) ?? []
  return SERVERS[name]!
}

const known = new Map<string, ReturnType<typeof deployed>>()

function before({ pre }: Row) {
  const statements = [...base, ...(pre ?? [])]
  const key = statements.join(';')
  const catalog = known.get(key) ?? deployed(statements)
  known.set(key, catalog)
  return catalog
}

/** What comes of a row, by the model and by the server, in the same words. */
function compare(row: Row): { readonly told: unknown; readonly measured: unknown } {
  const sql = typeof row.sql === 'string' ? [row.sql] : row.sql
  const found = judged(before(row), [...(row.session ?? []), ...sql], serverOf(row))
  const errors = found.flatMap(({ change, effects }): readonly { readonly when: string }[] =>
    change.kind === 'UnparsedSql' ? [{ when: 'always' }] : effects.errors,
  )
  const always = errors.some(({ when }) => when === 'always')
  const onRows = errors.some(({ when }) => when === 'rows')
  const onSome = errors.some(({ when }) => when === 'some-rows')
  const measured = row.errorEmpty ? 'always' : row.errorRows ? 'rows' : 'never'
  // What only some rows break may or may not have broken on these.
  const open = onSome && !always && measured !== 'always'
  const outcome = always ? 'always' : open ? measured : onRows ? 'rows' : 'never'
  if (measured !== 'never' || !row.algorithm || !row.blocks) {
    return { told: { outcome }, measured: { outcome: measured } }
  }
  const locks = found.flatMap(({ effects }) => effects.locks)
  const rewrites = found.flatMap(({ effects }) => effects.rewrites)
  return {
    told: { outcome, blocks: locks.length > 0, rebuilds: rewrites.length > 0 },
    measured: {
      outcome: measured,
      blocks: row.blocks !== 'nothing',
      rebuilds: row.rebuildsTable === true,
    },
  }
}

describe('what MySQL 9.7, MariaDB 11.8 and MariaDB 10.11 did', () => {
  test.for([...new Set(rows.map(({ id }) => id))].filter((id) => !(id in ELSEWHERE)))(
    'is what the effects say: %s',
    (id) => {
      for (const row of rows.filter((candidate) => candidate.id === id)) {
        const { told, measured } = compare(row)
        expect(told, `${row.engine} ${row.version}`).toEqual(measured)
      }
    },
  )

  test('is left to others in few cases', () => {
    const differing = rows.filter((row) => {
      const { told, measured } = compare(row)
      return JSON.stringify(told) !== JSON.stringify(measured)
    })
    expect([...new Set(differing.map(({ id }) => id))].sort()).toEqual(
      Object.keys(ELSEWHERE).sort(),
    )
    for (const server of Object.values(SERVERS)) {
      const own = rows.filter((row) => serverOf(row) === server)
      const differs = differing.filter((row) => serverOf(row) === server)
      expect(differs.length / own.length).toBeLessThan(0.02)
    }
  })
})

/** Explicit clauses of which the effects do not say what the server does, and why. */
const CLAUSES_ELSEWHERE: Readonly<Record<string, string>> = {
  'add-column-not-null-date INSTANT': 'said to fail as soon as there is a row',
  'rename-column-fk-parent COPY/NONE': 'MariaDB copies no table whose referenced column is renamed',
  'modify-noop COPY/NONE': 'a MODIFY that changes nothing is no change',
}

describe('explicit ALGORITHM and LOCK', () => {
  const forced = rows.filter(({ sql, forced }) => typeof sql === 'string' && forced)
  test.for(['9.7', '11.8', '10.11'])('are taken and refused as measured on %s', (version) => {
    const wrong: string[] = []
    let count = 0
    for (const row of forced.filter((one) => SERVERS[version] === serverOf(one))) {
      for (const [clause, measured] of Object.entries(row.forced ?? {})) {
        const [algorithm, lock] = clause.split('/')
        const isIndex = /^(?:CREATE|DROP)\b/i.test(String(row.sql))
        const clauses = [`ALGORITHM=${algorithm}`, ...(lock ? [`LOCK=${lock}`] : [])]
        const sql = `${String(row.sql)}${isIndex ? ' ' : ', '}${clauses.join(isIndex ? ' ' : ', ')}`
        const found = judged(before(row), [...(row.session ?? []), sql], serverOf(row))
        const fails = found.some(
          ({ change, effects }) =>
            change.kind === 'UnparsedSql' || effects.errors.some(({ when }) => when === 'always'),
        )
        const isRefused = /^(?:1845|1846) /.test(measured)
        if (!isRefused && measured !== 'ok') continue
        count++
        if (fails !== isRefused) wrong.push(`${row.id} ${clause}: ${measured.slice(0, 60)}`)
      }
    }
    expect(count).toBeGreaterThan(200)
    expect(wrong.filter((one) => !(one.split(':')[0]! in CLAUSES_ELSEWHERE))).toEqual([])
  })
})
