import { describe, expect, test } from 'vitest'
import { applyChange } from '../../../src/catalog/apply.ts'
import { difference } from '../../../src/catalog/difference.ts'
import { displayName } from '../../../src/catalog/names.ts'
import { compareSnapshots } from '../../../src/check/snapshots/compare.ts'
import { readEmitted } from '../../verify/trace/shared.ts'
import { engine } from '../../dialects/postgres/sql/replayed.ts'
import { kitSnapshots } from './kitSnapshots.ts'

const SESSION = { version: null, timezone: 'UTC', transaction: 'deployment' } as const
const snapshotOf = kitSnapshots()
const rows = readEmitted().filter(({ dialect, sql }) => dialect === 'postgresql' && sql !== null)

/** Where the record says that the database differs, and what in it does; other drift is names only. */
const DRIFT: Readonly<Record<string, string>> = {
  'column.rename_and_retype': 'users.years: AlterColumnType',
  'pk.drop_single': 'users.primary key: DropConstraint',
}

async function read(schema: string, parent?: string) {
  const snapshot = engine.snapshots().read(await snapshotOf(schema, parent))
  if (snapshot === null) throw new Error('a snapshot of drizzle-kit could not be read')
  return snapshot
}

test('the record has the drift that is looked for', () => {
  const drifting = rows.filter(({ drift }) => drift).map(({ change }) => change)
  expect(drifting).toEqual(expect.arrayContaining(Object.keys(DRIFT)))
  expect(drifting.filter((change) => !(change in DRIFT))).toEqual([
    'table.rename',
    'table.rename.with_fk_pk_unique_index',
  ])
})

describe('what drizzle-kit emits leads to its snapshot', () => {
  test.for(rows)('$change', async (row) => {
    const before = await read(row.before_ts)
    const after = await read(row.after_ts, before.id)
    const migration = (name: string, text: string, snapshot: typeof before) => ({
      source: { name, file: `${name}.sql`, text },
      snapshot: () => snapshot,
    })
    const { mismatches } = compareSnapshots(engine, SESSION, { snapshot: null, deployed: [] }, [
      migration('0000', row.before_sql, before),
      migration('0001', row.sql ?? '', after),
    ])
    const found = mismatches.map(
      ({ subject: { table, name }, changes }) =>
        `${table ? `${displayName(table)}.` : ''}${name.name}: ${changes.map(({ kind }) => kind).join(', ')}`,
    )
    expect(found).toEqual(row.change in DRIFT ? [DRIFT[row.change]] : [])
  })
})

describe('the difference of two snapshots leads from one to the other', () => {
  // A type that a column still has cannot be dropped: no changes lead there.
  const possible = rows.filter(({ change }) => change !== 'enum.unexported_but_used')
  test.for(possible)('$change', async (row) => {
    const { catalog: before } = await read(row.before_ts)
    const { catalog: after } = await read(row.after_ts)
    const changes = difference(before, after, { unsure: 'change' })
    expect(difference(changes.reduce(applyChange, before), after, { unsure: 'change' })).toEqual([])
    expect(difference(before, before, { unsure: 'change' })).toEqual([])
  })
})
