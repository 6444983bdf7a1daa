import { join } from 'node:path'
import { isRecord } from '../../json/isRecord.ts'
import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'
import type { Project } from '../find/project.ts'
import type { SchemaComparison } from './schemaComparison.ts'
import { type ProjectFiles, onDisk, packagesAround } from './dependencies.ts'
import type { Reply } from './question.ts'
import type { Verdict } from './verdict.ts'

/** A reply as a verdict. */
export function verdictOf(reply: Reply, { root }: SchemaComparison): Verdict {
  const inRoot = (path: string) => path.slice(root.length + 1)
  const watched = (reply.trace?.reads ?? []).map(inRoot)
  const absent = reply.trace?.absent.map(inRoot) ?? null
  if (reply.kind === 'compared') {
    const { differences, ambiguous, sql, current } = reply
    return differences.length + ambiguous.length + sql.length === 0
      ? { kind: 'same', watched, absent }
      : { kind: 'different', differences, ambiguous, sql, current, watched, absent }
  }
  const { reason, help } = reply as Extract<Reply, { kind: 'unanswered' }>
  return { kind: 'unknown', reason, help, watched, absent: null }
}

/** What is committed must stand on what is committed: a file that only lies on disk is none of it. */
export function withoutStrays(tree: Tree, verdict: Verdict, around: ProjectFiles): Verdict {
  const outside = verdict.watched.filter((path) => !around.has(path) && around.isThere(path))
  const [stray] = outside.length === 0 ? [] : (tree.strays?.(outside) ?? [])
  if (stray === undefined) return verdict
  return {
    kind: 'unknown',
    reason: `it imports ${stray}, which is not staged`,
    help: `Stage it too: git add ${stray}`,
    watched: verdict.watched,
    absent: null,
  }
}

/** The verdict on a schema that names no file. */
export function noFiles(project: Project, unmatched: readonly string[], tree: Tree): Verdict {
  return {
    kind: 'unknown',
    reason: `${unmatched.join(', ')} matches no file in ${tree.label}`,
    help: `Correct \`schema\` in ${project.config ?? 'the configuration'}, or stage the files.`,
    watched: [],
    absent: null,
  }
}

/** The keys of a package.json by which Node resolves imports; it reads them from disk. */
const RESOLUTION = ['name', 'type', 'main', 'imports', 'exports']

/**
 * What is committed must be resolved as what is committed says: Node looks into package.json files
 * on disk, whatever is staged.
 *
 * @param root - absolute path of the top folder
 */
export function withOwnPackages(root: string, tree: Tree, verdict: Verdict): Verdict {
  const changed = new Set((tree.changedOnDisk?.() ?? []).filter((path) => PACKAGE.test(path)))
  if (changed.size === 0) return verdict
  const folders = packagesAround(verdict.watched.map(folderOf))
  const differs = [...changed].find(
    (path) =>
      folders.includes(folderOf(path)) &&
      resolutionIn(tree.read(path)) !== resolutionIn(onDisk(join(root, path))),
  )
  if (differs === undefined) return verdict
  return {
    kind: 'unknown',
    reason: `Node resolves its imports by ${differs} as it lies on disk, which is not what ${tree.label} has`,
    help: `Stage it too, or bring the file on disk to what is committed: git add ${differs}`,
    watched: [...verdict.watched, differs],
    absent: null,
  }
}

const PACKAGE = /(?:^|\/)package\.json$/

function resolutionIn(content: Buffer | undefined): string {
  try {
    const json: unknown = JSON.parse(content?.toString('utf8') ?? '{}')
    return isRecord(json) ? JSON.stringify(RESOLUTION.map((key) => json[key])) : ''
  } catch {
    return content?.toString('utf8') ?? ''
  }
}
