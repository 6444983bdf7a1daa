import type { Change, Part } from '../../src/catalog/change.ts'
import { displayColumn, displayName } from '../../src/catalog/names.ts'
import type { Session } from '../../src/dialects/effects.ts'

/** How the nets speak of a change that no rule of its own speaks for. */
export interface ChangeWords {
  /** The statement in SQL words, to begin a sentence with. */
  readonly what: string
  readonly object: string
  readonly part: Part | undefined
  /** Why it rewrites, if that is not obvious: `, because …`. */
  readonly because: string
  readonly remedy: string
}

const VALIDATE_LATER =
  'Add it NOT VALID here, and VALIDATE CONSTRAINT in a migration of a later deployment.'
const USING_INDEX =
  'Create the unique index CONCURRENTLY by hand before the deployment, then ADD CONSTRAINT … USING INDEX here.'
const OUTSIDE =
  'Do it outside the migration, in batches, or in a deployment that locks no busy table.'

/** The words for one change. */
export function describeChange(session: Session, change: Change): ChangeWords {
  const words = (
    what: string,
    object: string,
    part: Part | undefined,
    remedy: string,
    because = '',
  ): ChangeWords => ({ what, object, part, because, remedy })
  switch (change.kind) {
    case 'AddColumn': {
      const object = displayColumn(change.table, change.column)
      return words(`Adding ${object}`, object, 'default', ADD_COLUMN_REMEDY, whyRewritten(change))
    }
    case 'SetExpression':
      return words(
        'Changing the expression of a stored generated column',
        displayColumn(change.table, change.column),
        'column',
        'Add a new column, fill it in batches, and switch the code over.',
      )
    case 'AddCheck':
      return words(
        `Adding check ${change.constraint}`,
        change.constraint,
        'constraint',
        VALIDATE_LATER,
      )
    case 'AddUnique':
      return words(
        `Adding unique constraint ${change.constraint}`,
        change.constraint,
        'constraint',
        USING_INDEX,
      )
    case 'AddPrimaryKey':
      return words(
        `Adding primary key ${change.constraint}`,
        change.constraint,
        'constraint',
        USING_INDEX,
      )
    case 'AddExclusion':
      return words(
        `Adding exclusion constraint ${change.constraint}`,
        change.constraint,
        'constraint',
        'There is no online form; do it in a maintenance window.',
      )
    case 'ValidateConstraint':
      return words(
        `Validating ${change.constraint}`,
        change.constraint,
        'constraint',
        session.transaction === 'deployment'
          ? 'Move it to a migration that is deployed later: all pending files run in one transaction, so another file does not help.'
          : 'Move it to a transaction of its own.',
      )
    case 'WriteRows':
      return words(
        change.command === 'insert' ? 'INSERT … SELECT' : `This ${change.command.toUpperCase()}`,
        displayName(change.table),
        'table',
        OUTSIDE,
      )
    case 'RefreshView':
      return words(
        'REFRESH MATERIALIZED VIEW',
        displayName(change.view),
        'name',
        change.concurrently ? OUTSIDE : 'Refresh it CONCURRENTLY, outside the migration.',
      )
    default:
      return words(sqlWords(change.kind), objectOf(change), undefined, OUTSIDE)
  }
}

const ADD_COLUMN_REMEDY =
  'Add it nullable and without the default; set the default in a statement of its own, and fill the old rows in batches outside the migration.'

function whyRewritten(change: Extract<Change, { kind: 'AddColumn' }>): string {
  const { definition } = change
  if (definition.serial) return ', because serial numbers every existing row'
  if (definition.identity !== null) return ', because an identity numbers every existing row'
  if (definition.generated !== null)
    return ', because a stored generated column is computed for every row'
  if (definition.default !== null) return ', because its default is computed anew for every row'
  return ', because its domain has to be checked for every row'
}

/** `ClusterTable` → `CLUSTER TABLE`. */
function sqlWords(kind: string): string {
  return kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase()
}

/** The object a change is about, as findings name it. */
export function objectOf(change: Change): string {
  if ('column' in change) return displayColumn(change.table, change.column)
  if ('constraint' in change) return change.constraint
  if (change.kind === 'CreateIndex') return change.index.name
  if (change.kind === 'DropIndex' || change.kind === 'RenameIndex') return displayName(change.index)
  if ('type' in change) return displayName(change.type)
  if (change.kind === 'CreateView') return displayName(change.view)
  if ('view' in change) return displayName(change.view)
  if ('table' in change && change.table !== null) return displayName(change.table)
  if ('schema' in change) return change.schema
  return change.origin.migration
}
