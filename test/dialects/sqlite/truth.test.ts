import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deployed, judged } from './judged.ts'

interface Row {
  readonly id: string
  readonly engine: string
  readonly mode: 'autocommit' | 'migrator'
  readonly pre: readonly string[] | null
  readonly sql: string | readonly string[]
  readonly foreignKeys: number
  readonly errorEmpty: string | null
  readonly errorRows: string | null
  readonly rowsLost: Readonly<Record<string, readonly [number, number | string]>>
  readonly nullsLost: number | null
}

const [head = '', ...lines] = readFileSync(
  new URL('../../fixtures/sqlite-truth.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
const base = (JSON.parse(head) as { base_sql: readonly string[] }).base_sql
const rows = lines
  .map((line) => JSON.parse(line) as Row)
  .filter(({ id, sql }) => !id.startsWith('_') && sql !== undefined)

/** What the effects do not say, and who says it, or why nobody does. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'empty-custom-migration': 'broken-folder-setup says it, of the file',
  'multi-statement-chunk': 'missing-breakpoint says it, of the second statement',
  'create-table-fk-missing-parent':
    'it is an INSERT into the new table that fails, for a table that another tool may have made',
  'create-view-missing-column':
    'a name in double quotes that means nothing is a string for D1 and sql.js',
  'create-index-missing-column-dquote': 'reported everywhere: on sql.js it indexes a constant',
  'rebuild-adds-column-dquoted': 'reported everywhere: on sql.js every row gets the name as text',
}

/** The driver that has foreign keys as the engine had them; libSQL was not run by its migrator. */
function driverOf({ engine, foreignKeys }: Row): string {
  if (engine.startsWith('libsql')) return 'turso'
  return foreignKeys === 0 ? 'sql-js' : 'better-sqlite3'
}

const known = new Map<string, ReturnType<typeof deployed>>()

function before({ pre }: Row) {
  const statements = [...base, ...(pre ?? [])]
  const key = statements.join(';')
  const catalog = known.get(key) ?? deployed(statements)
  known.set(key, catalog)
  return catalog
}

/** What comes of a row, by the model and by the engine, in the same words. */
function compare(row: Row): { readonly told: unknown; readonly measured: unknown } {
  const sql = typeof row.sql === 'string' ? [row.sql] : row.sql
  const found = judged(before(row), sql, {
    driver: driverOf(row),
    transaction: row.mode === 'migrator' ? 'deployment' : 'none',
  })
  const errors = found.flatMap(({ change, effects }): readonly { readonly when: string }[] =>
    change.kind === 'UnparsedSql' ? [{ when: 'always' }] : effects.errors,
  )
  const losses = found.flatMap(({ effects }) => effects.losses)
  const isRequired = found.some(({ change }) => change.kind === 'SetNotNull')
  const always = errors.some(({ when }) => when === 'always')
  const onRows = errors.some(({ when }) => when === 'rows')
  const onSome = errors.some(({ when }) => when === 'some-rows') || isRequired
  const measured = row.errorEmpty ? 'always' : row.errorRows ? 'rows' : 'never'
  // What only some rows break may or may not have broken on these.
  const open = onSome && !always && measured !== 'always'
  const outcome = always ? 'always' : open ? measured : onRows ? 'rows' : 'never'
  if (measured !== 'never') return { told: { outcome }, measured: { outcome: measured } }
  const lost = Object.entries(row.rowsLost ?? {})
    .filter(([table, [, after]]) => after !== 'table gone' && !isItsOwn(row, table))
    .map(([table]) => table)
  const cascaded = losses.filter(({ why }) => why === 'cascaded').map(({ table }) => table.name)
  return {
    told: {
      outcome,
      lost: [...new Set(cascaded)].sort(),
      emptied: losses.some(({ why }) => why === 'set null'),
    },
    measured: { outcome: measured, lost: lost.sort(), emptied: (row.nullsLost ?? 0) > 0 },
  }
}

/** A DELETE loses the rows that it names. */
function isItsOwn({ id }: Row, table: string): boolean {
  return id.startsWith('delete') && table === 'users'
}

describe('what SQLite did, on four engines in and out of a transaction', () => {
  test.for([...new Set(rows.map(({ id }) => id))].filter((id) => !(id in ELSEWHERE)))(
    'is what the effects say: %s',
    (id) => {
      for (const row of rows.filter((candidate) => candidate.id === id)) {
        const { told, measured } = compare(row)
        expect(told, `${row.engine}, ${row.mode}`).toEqual(measured)
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
    for (const engine of new Set(rows.map((row) => row.engine))) {
      const isOf = (row: Row) => row.engine === engine
      const share = differing.filter(isOf).length / rows.filter(isOf).length
      // Each with its reason above; without them every verdict agrees.
      expect(share, engine).toBeLessThan(0.05)
    }
  })
})
