import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_CATALOG } from '../../../src/catalog/catalog.ts'
import { postgresEngine } from '../../../src/lint/postgresEngine.ts'
import { compareSnapshots } from '../../../src/lint/snapshots/compare.ts'
import { parseSnapshot } from '../../../src/drizzle/snapshot/parse.ts'
import { snapshotCatalog } from '../../../src/drizzle/snapshot/catalog.ts'
import { subjectKey } from '../../../src/catalog/subject.ts'
import { readEmitted } from '../../effects/trace/shared.ts'

const rows = readEmitted().filter(({ dialect, sql }) => dialect === 'postgresql' && sql !== null)
const engine = await postgresEngine()
const session = { version: null, timezone: 'UTC', transaction: 'deployment' } as const
const { generateDrizzleJson } = createRequire(import.meta.url)('drizzle-kit/api') as {
  generateDrizzleJson(imports: Record<string, unknown>, prevId?: string): { id: string }
}
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emitted-'))
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function snapshotOf(name: string, schema: string, parent: string | undefined) {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, schema)
  const imports = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>
  const json = generateDrizzleJson(imports, parent)
  const snapshot = parseSnapshot(JSON.stringify(json))
  if (snapshot === null) throw new Error('unreadable')
  return { ...snapshot, ...snapshotCatalog(snapshot, engine.reader) }
}

describe('what drizzle-kit emits leads to its snapshot', () => {
  test.for(rows.map((row, position) => ({ row, position })))('$row.change', async ({ row, position }) => {
    const before = await snapshotOf(`${position}before`, row.before_ts, undefined)
    const after = await snapshotOf(`${position}after`, row.after_ts, before.id)
    const source = (name: string, text: string) => ({ name, file: `${name}.sql`, text })
    const { mismatches } = compareSnapshots(engine, session, { snapshot: null, deployed: [] }, [
      { source: source('0000', row.before_sql), snapshot: () => before },
      { source: source('0001', row.sql ?? ''), snapshot: () => after },
    ])
    expect(mismatches.map(({ subject, changes }) => `${subjectKey(subject)}: ${changes.map(({ kind }) => kind).join()}`)).toEqual([])
  })
})
void EMPTY_CATALOG
