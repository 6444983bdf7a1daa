import { staging } from '../../git/staging.ts'
import type { Tree } from '../../git/tree.ts'
import type { Project } from '../find/project.ts'
import type { SchemaComparison } from './schemaComparison.ts'
import type { ProjectFiles } from './dependencies.ts'
import type { Reply } from './question.ts'
import { isPackage, packageApart } from './packageFiles.ts'
import type { Verdict } from './verdict.ts'

/** A reply as a verdict. */
export function verdictOf(reply: Reply, { root }: SchemaComparison): Verdict {
  const inRoot = (path: string) => path.slice(root.length + 1)
  const watched = (reply.trace?.reads ?? []).map(inRoot)
  const absent = reply.trace?.absent.map(inRoot) ?? null
  if (reply.kind === 'compared') {
    const { differences, ambiguous, sql, current, unsteady } = reply
    return differences.length + ambiguous.length + sql.length === 0
      ? { kind: 'same', unsteady, watched, absent }
      : { kind: 'different', differences, ambiguous, sql, unsteady, current, watched, absent }
  }
  const { reason, help } = reply as Extract<Reply, { kind: 'unanswered' }>
  return { kind: 'unknown', reason, help, watched, absent: null }
}

/** What is committed must stand on what is committed: a file that only lies on disk is none of it. */
export function withoutStrays(
  { tree, here = '' }: SchemaComparison,
  verdict: Verdict,
  around: ProjectFiles,
): Verdict {
  const outside = verdict.watched.filter(
    // What a package.json that is not committed says to Node, `withoutMisled` looks at.
    (path) => !around.has(path) && !isPackage(path) && around.isThere(path),
  )
  const [stray] = outside.length === 0 ? [] : (tree.strays?.(outside) ?? [])
  if (stray === undefined) return verdict
  return {
    kind: 'unknown',
    reason: `it imports ${stray}, which is not staged`,
    help: `Stage it too: ${staging([stray], here)}`,
    watched: verdict.watched,
    absent: null,
  }
}

/** An answer to which Node came by another package.json than the tree has. */
export function withoutMisled(
  { root, tree, here = '' }: SchemaComparison,
  verdict: Verdict,
  reply: Reply,
): Verdict {
  const looked = [...(reply.trace?.reads ?? []), ...(reply.trace?.absent ?? [])]
  const apart = packageApart(
    root,
    tree,
    looked.map((path) => path.slice(root.length + 1)),
  )
  if (apart === null) return verdict
  const { file, keys } = apart
  return {
    kind: 'unknown',
    reason: `Node resolves its imports by the ${file} on disk, and ${tree.label} has another (${keys.join(', ')})`,
    help: `Stage that change or undo it: ${staging([file], here)}; what is pushed has to be checked out.`,
    watched: [...verdict.watched, file],
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
