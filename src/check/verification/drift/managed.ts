import type { Subject } from '../../../catalog/subject.ts'
import type { Project } from '../../../drizzle/find/project.ts'

/** The tables of Drizzle's own migrator, wherever it keeps them. */
const BOOKKEEPING = '__drizzle_migrations'

/**
 * Whether Drizzle is to look at an object, as far as the drizzle config says: `tablesFilter` and
 * `schemaFilter` name what it manages.
 */
export async function managedBy({
  filters,
  bookkeeping,
}: Pick<Project, 'filters' | 'bookkeeping'>): Promise<(subject: Subject) => boolean> {
  const { tables, schemas } = filters
  // Loaded where there is a filter: most configs have none.
  const matching =
    tables || schemas ? matcher((await import('picomatch')).default) : () => () => true
  const [isTable, isSchema] = [matching(tables), matching(schemas)]
  const own = bookkeeping.table ?? BOOKKEEPING
  return ({ kind, table, name }) => {
    if (!isSchema(name.schema)) return false
    const holder = table ?? (kind === 'table' || kind === 'view' ? name : null)
    return holder === null || (holder.name !== own && isTable(holder.name))
  }
}

type Picomatch = (pattern: string) => (text: string) => boolean

/** As drizzle-kit reads its filters: some of these, and none of those with `!` in front. */
function matcher(picomatch: Picomatch) {
  return (patterns: readonly string[] | null): ((name: string) => boolean) => {
    if (patterns === null) return () => true
    const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(picomatchOf)
    const unwanted = patterns
      .filter((pattern) => pattern.startsWith('!'))
      .map((pattern) => picomatchOf(pattern.slice(1)))
    return (name) =>
      (wanted.length === 0 || wanted.some((isMatch) => isMatch(name))) &&
      !unwanted.some((isMatch) => isMatch(name))
  }
  function picomatchOf(pattern: string) {
    return picomatch(pattern)
  }
}
