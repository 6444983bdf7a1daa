import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CANNOT_WRITE,
  REQUEST,
  type Evaluation,
  type KitAnswer,
  type KitRequest,
  type SnapshotAnswer,
} from '../request.ts'
import {
  differencesBetween,
  isSameSchema,
  type SchemaDifference,
  type SnapshotJson,
} from '../schemaDifference.ts'
import { withStableValues } from '../stableSnapshot.ts'
import { withoutAbsent } from '../withoutAbsent.ts'
import { kitApi } from './api.ts'
import { readConfig, registerLoader, schemaExports, schemaExportsAgain } from './load.ts'
import { ownFile } from './ownFile.ts'
import { reconstruct } from './reconstruct.ts'

// Runs the schema with the project's own drizzle-kit 0.x, or puts snapshots together with its 1.0, and
// leaves the answer in a file. It ends by `process.exit`: a pool or a timer that the schema opened
// would keep it alive forever.
const folder = process.env[REQUEST]!
const request = JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8')) as KitRequest
const write = writeFileSync
const exit = process.exit.bind(process)

// A connection that a module opens in passing may fail; the tables are known all the same.
for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, () => {})

const { evaluation, reconstruction } = request
const answered: Promise<KitAnswer | SnapshotAnswer> = reconstruction
  ? reconstruct(reconstruction.kit, reconstruction.histories)
  : answer(evaluation!)
void answered
  .catch((error: unknown): KitAnswer | SnapshotAnswer => ({ status: 'error', ...described(error) }))
  .then((result) => {
    write(join(folder, 'answer.json'), JSON.stringify(result))
    exit(0)
  })
  .catch(() => exit(CANNOT_WRITE))

async function answer(evaluation: Evaluation): Promise<KitAnswer> {
  const { kit, dialect, config, files, casing, previous } = evaluation
  // Before the loader is there: it would compile drizzle-kit's 3 MB again.
  let api
  try {
    api = files === null ? null : kitApi(kit, dialect)
  } catch (error) {
    return { status: 'error', ...described(error), withoutFunctions: true }
  }
  registerLoader(kit)
  if (api === null) return { status: 'config', config: readConfig(config!) }
  const exported = schemaExports(files!)
  const prevId = typeof previous?.['id'] === 'string' ? previous['id'] : undefined
  const snapshotOf = async (what: typeof exported) =>
    plain(await api.snapshot(what, prevId, casing ?? undefined))
  const evaluated = await snapshotOf(exported)
  for (const key of ['version', 'dialect']) {
    if (previous === null || previous[key] === evaluated[key]) continue
    throw new Error(
      `the newest snapshot has the ${key} ${String(previous[key])}, this drizzle-kit writes ${String(evaluated[key])} (drizzle-kit up converts old snapshots)`,
    )
  }
  const before = previous ?? plain(await api.snapshot({}))
  const again = async () => {
    try {
      return await snapshotOf(schemaExportsAgain(request.root, files!))
    } catch {
      // What can be loaded only once is taken as it came.
      return evaluated
    }
  }
  const once = hasChangedColumn(before, evaluated) ? await again() : evaluated
  const current = withStableValues(before, evaluated, once)
  const unsteady = changedColumns(evaluated, once).map(({ object, table }) => ({ object, table }))
  if (isSameSchema(before, current)) return { status: 'ok', current, statements: [], unsteady }
  const halfway = { ...withoutAbsent(before, current), id: current['id'], prevId: before['id'] }
  const drops = await api.statements(before, halfway as SnapshotJson)
  const rest = await api.statements(halfway as SnapshotJson, current)
  return { status: 'ok', current, statements: [...drops, ...rest], unsteady }
}

function hasChangedColumn(before: SnapshotJson, after: SnapshotJson): boolean {
  return changedColumns(before, after).length > 0
}

function changedColumns(before: SnapshotJson, after: SnapshotJson): readonly SchemaDifference[] {
  return differencesBetween(before, after).filter(
    ({ kind, change }) => kind === 'column' && change === 'changed',
  )
}

function plain(value: unknown): SnapshotJson {
  return JSON.parse(JSON.stringify(value)) as SnapshotJson
}

function described(error: unknown): { message: string; file: string | null } {
  if (!(error instanceof Error)) return { message: String(error), file: null }
  return { message: error.message, file: ownFile(error.stack, request.root) }
}
