import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { nameKey } from '../../catalog/names.ts'
import { type Column, findColumn } from '../../catalog/table.ts'
import { expressible } from './expressible.ts'
import { type ChangedSubject, changedSubjects } from './changedSubjects.ts'

/** An object and the changes that would make it what the snapshot says. */
export interface Difference extends ChangedSubject {
  /** It hurts nobody, at least not now. */
  readonly harmless: boolean
}

/**
 * The objects that a snapshot tells otherwise than a catalog, by key. Left out is what nobody can
 * tell from SQL (what stands in a schema that no migration makes, parts of a table that is only
 * known by name).
 *
 * @param before - the snapshot before this one, for what was left behind on purpose
 */
export function differencesFrom(
  catalog: Catalog,
  snapshot: { readonly catalog: Catalog; readonly unread: ReadonlySet<string> },
  before: Catalog | null,
): ReadonlyMap<string, Difference> {
  const actual = expressible(catalog, snapshot.catalog)
  const found = new Map<string, Difference>()
  for (const [key, { subject, changes: all }] of changedSubjects(
    actual,
    snapshot.catalog,
    'leave',
  )) {
    const changes = all.filter((change) => !isUnknowable(actual, change))
    if (changes.length === 0 || snapshot.unread.has(key)) continue
    // What becomes of a table as a whole goes for its parts.
    const deciding =
      subject.kind === 'table'
        ? [changes.find(({ kind }) => kind === 'DropTable') ?? changes[0]!]
        : changes
    const harmless = deciding.every((change) => isHarmless(actual, before, change))
    found.set(key, { subject, changes, harmless })
  }
  return found
}

function isUnknowable(actual: Catalog, change: ChangeBody): boolean {
  switch (change.kind) {
    case 'CreateSchema':
      return true
    case 'DropTable': {
      // It was only mentioned: somebody else made it (realtime.messages of Supabase).
      const table = findTable(actual, change.table)
      return table?.complete === false && table.createdIn === 0
    }
    case 'AddEnumValue':
    case 'RecreateEnum': {
      const type = actual.enums.get(nameKey(change.type))
      return (
        type?.labels.every((label) => type.added.some((added) => added.label === label)) === true
      )
    }
    case 'CreateEnum':
      return !actual.schemas.has(change.type.schema)
    case 'CreateSequence':
      return !actual.schemas.has(change.sequence.schema)
    case 'CreateView':
      return !actual.schemas.has(change.view.schema)
    case 'CreateTable':
      return !actual.schemas.has(change.table.schema)
    case 'AddForeignKey':
    case 'AddCheck':
    case 'AddUnique':
    case 'AddPrimaryKey':
    case 'CreateIndex':
    case 'CreatePolicy':
    case 'SetRowSecurity': {
      const table = findTable(actual, change.table)
      return table ? !table.complete : !actual.schemas.has(change.table.schema)
    }
    default:
      return false
  }
}

/**
 * What the database has and the snapshot lacks, without harm: views, policies, sequences, schemas and
 * row level security made by hand; a table, a type or a column that the snapshot no longer has and
 * that is kept for the old code or for its data (drop-column), as long as no INSERT needs it. The
 * order of an enum's labels decides about sorting only.
 */
function isHarmless(actual: Catalog, before: Catalog | null, change: ChangeBody): boolean {
  switch (change.kind) {
    case 'DropView':
    case 'DropPolicy':
    case 'DropSequence':
    case 'DropSchema':
      return true
    case 'SetRowSecurity':
      return !change.enabled
    case 'DropTable':
      return before?.tables.has(nameKey(change.table)) === true
    case 'DropType':
      return before?.enums.has(nameKey(change.type)) === true
    case 'DropColumn': {
      const wasKnown =
        before !== null && findColumn(findTable(before, change.table), change.column) !== undefined
      return wasKnown && !isRequired(findColumn(findTable(actual, change.table), change.column))
    }
    case 'RecreateEnum':
      return [...change.from].sort().join('\0') === [...change.labels].sort().join('\0')
    default:
      return false
  }
}

/** Whether an INSERT that does not name the column fails. */
function isRequired(column: Column | undefined): boolean {
  if (column === undefined) return false
  const { notNull, default: value, serial, identity, generated } = column
  return notNull && value === null && !serial && identity === null && generated === null
}
