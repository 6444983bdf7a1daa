import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { SnapshotAnswer, SnapshotHistory } from '../request.ts'

interface Functions {
  reconstruct?(files: Readonly<Record<string, unknown>>, id: string): Promise<unknown>
}

/**
 * Puts snapshots together with `drizzle-kit/api-postgres` (since 1.0.0-rc.5; its only public way).
 *
 * @param kit - folder of the installed drizzle-kit
 * @throws Error where it has no such function, or a history is not whole
 */
export async function reconstruct(
  kit: string,
  histories: readonly SnapshotHistory[],
): Promise<SnapshotAnswer> {
  const api = createRequire(join(kit, 'package.json'))('./api-postgres.js') as Functions
  if (!api.reconstruct) throw new Error('its api-postgres does not export reconstruct')
  const snapshots = []
  for (const { files, ids } of histories) {
    const parsed = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        JSON.parse(text.replace(/^\uFEFF/, '')) as unknown,
      ]),
    )
    const whole: Record<string, unknown> = {}
    for (const id of ids) whole[id] = await api.reconstruct(parsed, id)
    snapshots.push(whole)
  }
  return { status: 'ok', snapshots }
}
