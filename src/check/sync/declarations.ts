import type { Subject } from '../../catalog/subject.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Tree } from '../../git/tree.ts'
import { type Declaration, findDeclaration, readDeclarations } from '../../schema/declarations.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { sourcesOf } from './builds.ts'
import type { Sync } from './difference.ts'
import type { Lack } from './lack.ts'

/**
 * Finds what a project's schema declares, for the places of findings.
 *
 * @param verdict - with the files the schema consists of, and others
 */
export async function locateDeclarations(
  tree: Tree,
  { config, out, dialect }: Project,
  { watched, built }: Pick<Verdict, 'watched' | 'built'>,
): Promise<
  Pick<Sync, 'placeOf'> & {
    unexportedOf(lacks: readonly Lack[]): Sync['unexported']
  }
> {
  const sources = tree.readAll(
    [...watched, ...sourcesOf(tree, built)].filter(
      (path) => /\.[mc]?[jt]sx?$/.test(path) && path !== config,
    ),
  )
  const files = [...sources].map(([path, content]) => ({ path, text: content.toString('utf8') }))
  const declared = await readDeclarations(files, dialectOf(dialect).base)
  const fallback = { file: files[0]?.path ?? config ?? out, range: null }
  const find = (subject: Subject): Declaration | undefined => {
    if (subject.table !== null) return findDeclaration(declared, 'table', subject.table)
    return isDeclarable(subject.kind)
      ? findDeclaration(declared, subject.kind, subject.name)
      : undefined
  }
  return {
    placeOf(subject) {
      const found = subject && find(subject)
      if (!subject || !found) return fallback
      const { name } = subject.name
      const place =
        subject.kind === 'column'
          ? found.columns.find(({ names }) => names.includes(name))
          : undefined
      return { file: found.file, range: place?.range ?? found.range }
    },
    unexportedOf: (lacks) =>
      lacks.flatMap((lack) => {
        const { subject, change } = lack
        if (change !== 'removed' || !subject || subject.table || subject.kind === 'view') return []
        const found = find(subject)
        return found && !found.isExported
          ? [{ ...lack, at: { file: found.file, range: found.range } }]
          : []
      }),
  }
}

function isDeclarable(kind: Subject['kind']): kind is Declaration['kind'] & Subject['kind'] {
  return ['table', 'view', 'enum', 'sequence', 'schema'].includes(kind)
}
