import type { Change, ChangeKind, ChangeOf } from '../../../catalog/change.ts'
import {
  COLUMN_CHANGES,
  CONSTRAINT_CHANGES,
  INDEX_CHANGES,
  OTHER_CHANGES,
  TABLE_CHANGES,
  TYPE_CHANGES,
} from '../../../catalog/change/kinds.ts'
import { displayName } from '../../../catalog/names.ts'
import type { Effects, RunError, Session } from '../../effects.ts'
import { columnEffects } from './columns.ts'
import { constraintEffects } from './constraints.ts'
import { type UnsafeUse, unsafeEnumUse } from './enumUse.ts'
import { indexEffects } from './indexes.ts'
import { otherEffects } from './others.ts'
import { newerServerError } from './newerServer.ts'
import { pendingEventsError } from './pendingEvents.ts'
import { tableEffects } from './tables.ts'
import { missingErrors } from './missing.ts'
import { namedTypeEffects } from './namedTypes.ts'
import { errorKind } from './sqlStates.ts'

/**
 * What a change costs on PostgreSQL 12 to 18: the one place that knows. Rules select from it, the
 * report prints it, tests hold it against a real server (test/effects/postgres).
 */
export function postgresEffects(change: Change, session: Session): Effects {
  const effects = ofFamily(change, session)
  const use = unsafeEnumUse(change.before, change, session.version)
  const pending = pendingEventsError(change)
  const newer = newerServerError(change, session)
  // A server that does not understand a statement looks no further.
  const errors = newer
    ? [newer]
    : [
        ...effects.errors,
        ...(use ? [unsafe(use)] : []),
        ...(pending ? [pending] : []),
        ...missingErrors(change.before, change, session.version),
      ]
  // A handler or a condition around it may keep the statement from failing.
  return { ...effects, errors: change.origin.guarded ? [] : errors }
}

function unsafe({ label, type }: UnsafeUse): RunError {
  const code = '55P04'
  const message = `unsafe use of new value "${label}" of enum type ${displayName(type)}`
  return { kind: errorKind(code), code, message, detail: label, when: 'always' }
}

type Family = (change: never, session: Session) => Effects

function ofFamily(change: Change, session: Session): Effects {
  return FAMILIES[change.kind](change as never, session)
}

const FAMILIES = {
  ...family(tableEffects, TABLE_CHANGES),
  ...family(columnEffects, COLUMN_CHANGES),
  ...family(constraintEffects, CONSTRAINT_CHANGES),
  ...family(indexEffects, INDEX_CHANGES),
  ...family(namedTypeEffects, TYPE_CHANGES),
  ...family(otherEffects, OTHER_CHANGES),
} satisfies Record<ChangeKind, Family>

function family<K extends ChangeKind>(
  effects: (change: ChangeOf<K>, session: Session) => Effects,
  kinds: readonly K[],
): Record<K, Family> {
  return Object.fromEntries(kinds.map((kind) => [kind, effects as Family])) as Record<K, Family>
}
