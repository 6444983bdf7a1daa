import type { Project } from '../../drizzle/find/project.ts'
import type { HistoryFolder } from '../../drizzle/migrations/history.ts'
import { CONFLICT } from '../../drizzle/migrations/journal.ts'
import { dialectOf } from '../../dialects/registry.ts'
import { SimilarJson } from '../../drizzle/snapshot/similarJson.ts'
import { jsonErrorAt, jsonRange } from '../../json/ranges.ts'
import type { Tree } from '../../git/tree.ts'
import type { BrokenFile } from './history.ts'
import type { Range } from '../../finding/finding.ts'

/**
 * The files of a folder that cannot be what they should be: the journal, snapshots, and SQL of
 * dialects that nothing else parses.
 *
 * @param contents - of the snapshots
 * @param isOurs - whether a file is this deployment's to answer for
 */
export function brokenFiles(
  project: Project,
  folder: HistoryFolder,
  tree: Tree,
  contents: ReadonlyMap<string, Buffer>,
  isOurs: (path: string) => boolean,
): readonly BrokenFile[] {
  const broken: BrokenFile[] = []
  const journal = brokenJournal(folder, tree)
  if (journal) broken.push(journal)
  const parser = new SimilarJson()
  for (const { name, snapshot } of folder.migrations) {
    const content = contents.get(snapshot)
    if (!content || !isOurs(snapshot)) continue
    const found = brokenSnapshot(content, parser)
    if (found) broken.push({ path: snapshot, migration: name, ...found })
  }
  if (dialectOf(project.dialect).sql !== null) return broken
  const files = folder.migrations.filter(({ hasSql, file }) => hasSql && isOurs(file))
  const texts = tree.readAll(files.map(({ file }) => file))
  for (const { name, file } of files) {
    const range = conflictIn(texts.get(file)?.toString('utf8') ?? '')
    if (range)
      broken.push({ path: file, migration: name, kind: 'conflict-markers', reason: '', range })
  }
  return broken
}

function brokenJournal({ broken, journal }: HistoryFolder, tree: Tree): BrokenFile | null {
  if (broken === null || journal === null) return null
  const text = tree.read(journal)?.toString('utf8') ?? ''
  const { kind, entry } = broken
  const range =
    kind === 'conflict-markers'
      ? conflictIn(text)
      : entry === null
        ? errorIn(text)
        : jsonRange(text, ['entries', entry])
  // The reader names file and tree in front of what is wrong.
  const reason = broken.problem.message.replace(/^.*?\(.*?\):? /, '').replace(/\.$/, '')
  return { path: journal, migration: null, kind, reason, range }
}

function brokenSnapshot(
  content: Buffer,
  parser: SimilarJson,
): Omit<BrokenFile, 'path' | 'migration'> | null {
  try {
    const json = parser.parse(content)
    if (json !== null && typeof json === 'object' && 'id' in json && 'version' in json) return null
    return {
      kind: 'invalid-json',
      reason: 'is not a snapshot: it has no id or version',
      range: null,
    }
  } catch {
    const text = content.toString('utf8')
    const range = conflictIn(text)
    return range
      ? { kind: 'conflict-markers', reason: '', range }
      : { kind: 'invalid-json', reason: 'is not valid JSON', range: errorIn(text) }
  }
}

/** The first marker of a file that has an opening and a closing one. */
function conflictIn(text: string): Range | null {
  if (!/^<{7}/m.test(text) || !/^>{7}/m.test(text)) return null
  const marker = CONFLICT.exec(text)
  return marker && { start: marker.index, end: marker.index + marker[0].length }
}

function errorIn(text: string): Range | null {
  const at = jsonErrorAt(text)
  return at === null ? null : { start: at, end: Math.min(at + 1, text.length) }
}
