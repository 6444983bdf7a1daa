import type { QualifiedName } from '../../catalog/names.ts'
import { coreOf } from '../../dialects/core/registry.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { SchemaDifference } from '../../drizzle/kit/schemaDifference.ts'
import type { Tree } from '../../git/tree.ts'
import { type Declaration, findDeclaration, readDeclarations } from '../../schema/declarations.ts'
import type { SchemaDialect } from '../../dialects/core/core.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { sourcesOf } from './builds.ts'
import type { Sync } from './difference.ts'

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
    unexportedOf(differences: readonly SchemaDifference[]): Sync['unexported']
  }
> {
  const sources = tree.readAll(
    [...watched, ...sourcesOf(tree, built)].filter(
      (path) => /\.[mc]?[jt]sx?$/.test(path) && path !== config,
    ),
  )
  const files = [...sources].map(([path, content]) => ({ path, text: content.toString('utf8') }))
  const { base } = dialectOf(dialect)
  const declared = await readDeclarations(files, base)
  const find = (kind: Declaration['kind'], name: string) =>
    findDeclaration(declared, kind, qualified(kind, name, base))
  const fallback = { file: files[0]?.path ?? config ?? out, range: null }
  return {
    placeOf(difference) {
      if (difference === null) return fallback
      const { object, table } = difference
      const found =
        find('table', table ?? object) ??
        OTHERS.map((kind) => find(kind, object)).find((one) => one !== undefined)
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

const OTHERS = ['view', 'enum', 'sequence', 'schema'] as const

function isDeclarable(kind: string): kind is Declaration['kind'] {
  return ['table', 'enum', 'sequence', 'schema'].includes(kind)
}

/** `auth.users` as drizzle-kit names what differs. */
function qualified(kind: Declaration['kind'], name: string, dialect: SchemaDialect): QualifiedName {
  if (kind === 'schema') return { schema: name, name: '' }
  const at = name.indexOf('.')
  return at < 0
    ? { schema: coreOf(dialect).defaultSchema, name }
    : { schema: name.slice(0, at), name: name.slice(at + 1) }
}
