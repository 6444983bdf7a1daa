import type { Tree } from '../../git/tree.ts'
import type { Project } from '../find/project.ts'
import type { SchemaComparison } from './schemaComparison.ts'
import type { ProjectFiles } from './dependencies.ts'
import type { Reply } from './question.ts'
import type { Verdict } from './verdict.ts'

/** A reply as a verdict. */
export function verdictOf(reply: Reply, { root, project }: SchemaComparison): Verdict {
  const inRoot = (path: string) => path.slice(root.length + 1)
  const watched = [...watchedAtLeast(project), ...(reply.trace?.reads ?? []).map(inRoot)]
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
    watched: watchedAtLeast(project),
    absent: null,
  }
}

/** What an answer depends on even where nothing could be asked. */
export function watchedAtLeast({ config, schema }: Project): readonly string[] {
  return [...(config === null ? [] : [config]), ...schema]
}
