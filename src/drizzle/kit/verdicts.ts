import { staging } from '../../git/staging.ts'
import type { SchemaComparison } from './schemaComparison.ts'
import type { ProjectFiles } from './dependencies.ts'
import type { Reply } from './question.ts'
import { buildOf } from '../packages/buildCommand.ts'
import { environmentAdvice } from './environmentAdvice.ts'
import { missingPackage } from './missingPackage.ts'
import { isPackage, packageApart } from './packageFiles.ts'
import type { Verdict } from './verdict.ts'

/** A reply as a verdict. */
export function verdictOf(reply: Reply, comparison: SchemaComparison): Verdict {
  const { root } = comparison
  const inRoot = (path: string) => path.slice(root.length + 1)
  const watched = (reply.trace?.reads ?? []).map(inRoot)
  const absent = reply.trace?.absent.map(inRoot) ?? null
  if (reply.kind === 'compared') {
    const { differences, ambiguous, sql, current, unsteady, unnoticed = [] } = reply
    return differences.length + ambiguous.length + sql.length === 0
      ? { kind: 'same', unsteady, unnoticed, watched, built: [], absent }
      : {
          kind: 'different',
          differences,
          ambiguous,
          sql,
          unsteady,
          unnoticed,
          current,
          watched,
          built: [],
          absent,
        }
  }
  const unanswered = reply as Extract<Reply, { kind: 'unanswered' }>
  const { reason, help } = missingPackage(comparison, unanswered.reason) ?? {
    reason: unanswered.reason,
    help: environmentAdvice(comparison, unanswered) ?? unanswered.help,
  }
  return { ...unknown(reason, help, watched), isHalfRead: true }
}

/** The verdict that there is none. */
export function unknown(
  reason: string,
  help: string,
  watched: readonly string[] = [],
): Extract<Verdict, { kind: 'unknown' }> {
  return { kind: 'unknown', reason, help, isHalfRead: false, watched, built: [], absent: null }
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
  if (stray === undefined) return { ...verdict, built: outside.filter((path) => CODE.test(path)) }
  return unknown(
    `it imports ${stray}, which is not staged`,
    `Stage it too: ${staging([stray], here)}`,
    verdict.watched,
  )
}

const CODE = /\.[mc]?[jt]sx?$/

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
  return unknown(
    `Node resolves its imports by the ${file} on disk, and ${tree.label} has another (${keys.join(', ')})`,
    `Stage that change or undo it: ${staging([file], here)}; what is pushed has to be checked out.`,
    [...verdict.watched, file],
  )
}

/** The verdict on a schema that names no file. */
export function noFiles(
  { project, tree, here = '' }: SchemaComparison,
  unmatched: readonly string[],
): Verdict {
  const build = buildOf(tree, project.config ?? project.out, here)
  const correct = `correct \`schema\` in ${project.config ?? 'the configuration'}, or stage the files.`
  const reason = `${unmatched.join(', ')} matches no file in ${tree.label}`
  const help =
    build === null
      ? `${correct[0]!.toUpperCase()}${correct.slice(1)}`
      : `If a build writes it, run that first: ${build}. If not, ${correct}`
  return { ...unknown(reason, help), isHalfRead: true }
}
