import type { Tree } from '../../git/tree.ts'
import { readSnapshotHeader } from '../snapshot/header.ts'
import { below, snapshotPath } from './layout.ts'

/**
 * Where the snapshots of journaled migrations lie. drizzle-kit names them by the number of the tag; one
 * that was given another number, because a merge moved its migration to the end of the journal, belongs
 * to the migration after the one it was generated from.
 *
 * @param tags - as the journal lists them
 * @param paths - all files of the folder
 * @returns a path for each tag, whether it is there or not
 */
export function placeSnapshots(
  tree: Tree,
  out: string,
  tags: readonly string[],
  paths: readonly string[],
): readonly string[] {
  const named = tags.map((tag) => snapshotPath(out, 'journal', tag))
  const meta = below(out, 'meta/')
  const files = paths.filter((path) => path.startsWith(meta) && path.endsWith('_snapshot.json'))
  const there = new Set(files)
  const expected = new Set(named)
  const strays = files.filter((path) => !expected.has(path))
  const isWithout = (path: string, i: number) => !there.has(path) || named.indexOf(path) < i
  if (strays.length === 0 || !named.some(isWithout)) return named
  const headers = new Map(
    [...tree.readAll([...strays, ...named.filter((path) => there.has(path))])].flatMap(
      ([path, content]) => {
        const header = readSnapshotHeader(path, content)
        return header ? [[path, header] as const] : []
      },
    ),
  )
  const left = new Set(strays)
  let before: string | null = null
  return named.map((path, i) => {
    const own = isWithout(path, i)
      ? [...left].find((stray) => before !== null && headers.get(stray)?.prevIds[0] === before)
      : undefined
    if (own !== undefined) left.delete(own)
    const placed = own ?? path
    if (there.has(placed)) before = headers.get(placed)?.id ?? before
    return placed
  })
}
