import { type Declaration, declarationsIn } from '../../drizzle/declarations.ts'
import type { SchemaDifference } from '../../drizzle/kit/schemaDifference.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Tree } from '../../git/tree.ts'
import type { Sync } from './difference.ts'

type Placed = Declaration & { readonly file: string }

/**
 * Finds what a project's schema declares, for the places of findings.
 *
 * @param watched - the files the schema consists of, and others; relative to the root
 */
export async function locateDeclarations(
  tree: Tree,
  { config, out }: Project,
  watched: readonly string[],
): Promise<
  Pick<Sync, 'placeOf'> & {
    unexportedOf(differences: readonly SchemaDifference[]): Sync['unexported']
  }
> {
  const sources = tree.readAll(
    watched.filter((path) => /\.[mc]?[jt]sx?$/.test(path) && path !== config),
  )
  const declared: Placed[] = []
  for (const [file, content] of sources) {
    for (const one of await declarationsIn(content.toString('utf8'), file))
      declared.push({ ...one, file })
  }
  const find = (kind: Declaration['kind'], name: string): Placed | undefined => {
    const own = declared.filter((one) => one.kind === kind)
    const bare = name.slice(name.lastIndexOf('.') + 1)
    // A table creator puts a prefix before the name.
    return own.find((one) => one.name === bare) ?? own.find((one) => bare.endsWith(`_${one.name}`))
  }
  const fallback = { file: [...sources.keys()][0] ?? config ?? out, range: null }
  return {
    placeOf(difference) {
      if (difference === null) return fallback
      const { object, table } = difference
      const found = find('table', table ?? object) ?? declared.find(({ name }) => name === object)
      if (!found) return fallback
      const column = table === null ? null : object.slice(object.lastIndexOf('.') + 1)
      const place = found.columns.find(({ names }) => column !== null && names.includes(column))
      return { file: found.file, range: place?.range ?? found.range }
    },
    unexportedOf: (differences) =>
      differences.flatMap((difference) => {
        const { kind, change, object } = difference
        if (change !== 'removed' || !isDeclarable(kind)) return []
        const found = find(kind, object)
        return found && !found.isExported
          ? [{ ...difference, at: { file: found.file, range: found.range } }]
          : []
      }),
  }
}

function isDeclarable(kind: string): kind is Declaration['kind'] {
  return ['table', 'enum', 'sequence', 'schema'].includes(kind)
}
