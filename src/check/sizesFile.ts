import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../cache/replaceFile.ts'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { isRecord } from '../json/isRecord.ts'
import { ProblemError } from '../finding/problem.ts'
import type { TableSize } from '../finding/tableSize.ts'

/** At the top of the repository: table sizes as a database estimated them, and nothing else of it. */
export const SIZES_FILE = 'migration-lint.sizes.json'

export type Sizes = ReadonlyMap<string, TableSize>

/** Writes the sizes of a project's tables; those of other projects stay. */
export function saveSizes(root: string, project: string, sizes: Sizes): void {
  const path = join(root, SIZES_FILE)
  const all = existsSync(path) ? projectsIn(readRegularFile(path).toString('utf8')) : {}
  const tables = Object.fromEntries([...sizes].sort(([a], [b]) => (a < b ? -1 : 1)))
  const projects = { ...all, [project]: { tables } }
  replaceFile(path, Buffer.from(`${JSON.stringify({ version: 1, projects }, null, 2)}\n`))
}

/**
 * The sizes of a project's tables.
 *
 * @param text - of the file
 * @throws ProblemError where it cannot be read
 */
export function readSizesOf(text: string, project: string): Sizes {
  const own = projectsIn(text)[project]
  const tables = isRecord(own) && isRecord(own['tables']) ? own['tables'] : {}
  return new Map(
    Object.entries(tables).flatMap(([name, size]): [string, TableSize][] => {
      if (!isRecord(size) || typeof size['bytes'] !== 'number') return []
      const rows = typeof size['rows'] === 'number' ? size['rows'] : null
      return [[name, { rows, bytes: size['bytes'] }]]
    }),
  )
}

function projectsIn(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text)
    if (isRecord(json) && isRecord(json['projects'])) return json['projects']
  } catch {
    // Said below.
  }
  throw new ProblemError({
    message: `${SIZES_FILE} cannot be read`,
    file: SIZES_FILE,
    help: 'Remove it, and write it again: migration-lint status --sizes --save.',
  })
}
