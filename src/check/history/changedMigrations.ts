import type { HistoryFolder, HistoryMigration } from '../../drizzle/migrations/history.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Range } from '../../finding/finding.ts'
import type { ChangedMigration, History } from './history.ts'
import type { Tree } from '../../git/tree.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { FileComparison } from './fileComparison.ts'

/** What `drizzle-kit generate --custom` writes. */
const TEMPLATE = '-- Custom SQL migration file, put your code below! --'

/**
 * The deployed migrations that are not any more what was deployed: edited, stamped with another
 * time, renamed or gone. Comments, statement breakpoints, line ends and layout do not count.
 *
 * @param origin - tells which deployed migration one of `after` is
 */
export function changedMigrations(
  project: Project,
  after: HistoryFolder,
  deployed: HistoryFolder,
  comparison: FileComparison,
  origin: (name: string) => string | null,
): readonly ChangedMigration[] {
  if (after.broken || deployed.broken || comparison.there === null) return []
  const { here, there } = comparison
  const { significantText } = dialectOf(project.dialect)
  const known = new Map(deployed.migrations.map((migration) => [migration.name, migration]))
  const pairs: [HistoryMigration, HistoryMigration][] = []
  const added: HistoryMigration[] = []
  for (const migration of after.migrations) {
    const name = origin(migration.name)
    const before = name === null ? undefined : known.get(name)
    if (before) pairs.push([before, migration])
    else added.push(migration)
  }
  const kept = new Set(pairs.map(([before]) => before.name))
  const gone = deployed.migrations.filter(({ name }) => !kept.has(name))

  const suspects = pairs.filter(([a, b]) => a.hasSql && b.hasSql && comparison.isChanged(b.file))
  const files = [...suspects.map(([before]) => before), ...(added.length > 0 ? gone : [])]
  const old = textsOf(there, files)
  const current = textsOf(here, [
    ...suspects.map(([, now]) => now),
    ...(gone.length > 0 ? added : []),
  ])
  const changed: ChangedMigration[] = []
  for (const [before, now] of suspects) {
    const [was, is] = [old.get(before.file) ?? '', current.get(now.file) ?? '']
    if (significantText(was) === significantText(is)) continue
    changed.push({ before, after: now, kind: 'edited', range: firstDifference(was, is) })
  }
  for (const [before, now] of pairs) {
    if (before.when === null || now.when === null || before.when === now.when) continue
    changed.push({ before, after: now, kind: 'restamped', range: null })
  }
  const free = new Set(added)
  for (const before of gone) {
    const wanted = significantText(old.get(before.file) ?? '')
    const twin = [...free].find(
      ({ file }) => wanted !== '' && significantText(current.get(file) ?? '') === wanted,
    )
    if (twin) free.delete(twin)
    changed.push({ before, after: twin ?? null, kind: twin ? 'renamed' : 'deleted', range: null })
  }
  return changed
}

/** The migrations among these whose SQL is nothing but comments. */
export function emptyMigrations(
  project: Project,
  tree: Tree,
  migrations: readonly HistoryMigration[],
): History['empty'] {
  const texts = textsOf(
    tree,
    migrations.filter(({ hasSql }) => hasSql),
  )
  const { significantText } = dialectOf(project.dialect)
  return migrations.flatMap((migration) => {
    const text = texts.get(migration.file)
    if (text === undefined || significantText(text) !== '') return []
    return [{ migration, template: text.trim() === TEMPLATE }]
  })
}

function textsOf(tree: Tree, migrations: readonly HistoryMigration[]): ReadonlyMap<string, string> {
  const files = migrations.map(({ file }) => file)
  const contents = files.length === 0 ? new Map<string, Buffer>() : tree.readAll(files)
  return new Map([...contents].map(([file, content]) => [file, content.toString('utf8')]))
}

/** The first line of a text that another version of it does not have there. */
function firstDifference(was: string, is: string): Range {
  const strip = (line: string) => line.trim()
  const old = was.split('\n').map(strip)
  let start = 0
  for (const [i, line] of is.split('\n').entries()) {
    if (strip(line) !== old[i] && strip(line) !== '')
      return { start, end: start + line.trimEnd().length }
    start += line.length + 1
  }
  return { start: 0, end: is.length }
}
