import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { SnapshotJson } from '../schemaDifference.ts'

/** What is used of `drizzle-kit/api` (0.24 to 0.31), for one dialect. */
export interface KitApi {
  snapshot(exported: Readonly<Record<string, unknown>>, prevId?: string, casing?: string): unknown
  statements(before: SnapshotJson, after: SnapshotJson): Promise<readonly string[]>
}

type Functions = Readonly<Record<string, ((...args: unknown[]) => unknown) | undefined>>

/**
 * The functions of the project's drizzle-kit that turn a schema into a snapshot and two snapshots
 * into SQL. They are the ones its command line calls; turso is SQLite to them.
 *
 * @param kit - folder of the installed drizzle-kit
 * @throws Error where it has none for the dialect
 */
export function kitApi(kit: string, dialect: string): KitApi {
  const api = createRequire(join(kit, 'package.json'))('./api.js') as Functions
  const name = NAMES[dialect]
  const snapshot = api[`generate${name ?? '?'}DrizzleJson`]
  const statements = api[`generate${name ?? '?'}Migration`]
  if (!snapshot || !statements)
    throw new Error(`the installed drizzle-kit does not know ${dialect}`)
  return {
    snapshot: (exported, prevId, casing) =>
      name === ''
        ? snapshot(exported, prevId, undefined, casing)
        : snapshot(exported, prevId, casing),
    statements: async (before, after) => (await statements(before, after)) as readonly string[],
  }
}

const NAMES: Readonly<Record<string, string>> = {
  postgresql: '',
  mysql: 'MySQL',
  sqlite: 'SQLite',
  turso: 'SQLite',
  singlestore: 'SingleStore',
}
