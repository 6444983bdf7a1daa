import { applyColumnChange } from './apply/column.ts'
import { applyConstraintChange } from './apply/constraint.ts'
import { applyIndexChange } from './apply/indexes.ts'
import { applyOtherChange } from './apply/others.ts'
import { applyTableChange } from './apply/table.ts'
import { applyTypeChange } from './apply/types.ts'
import type { Catalog } from './catalog.ts'
import type { ChangeBody, ChangeKind } from './change.ts'
import {
  COLUMN_CHANGES,
  CONSTRAINT_CHANGES,
  INDEX_CHANGES,
  OTHER_CHANGES,
  TABLE_CHANGES,
  TYPE_CHANGES,
} from './change/kinds.ts'

type Apply = (catalog: Catalog, change: never) => Catalog

const families = {
  ...family(applyTableChange, TABLE_CHANGES),
  ...family(applyColumnChange, COLUMN_CHANGES),
  ...family(applyConstraintChange, CONSTRAINT_CHANGES),
  ...family(applyIndexChange, INDEX_CHANGES),
  ...family(applyTypeChange, TYPE_CHANGES),
  ...family(applyOtherChange, OTHER_CHANGES),
} satisfies Record<ChangeKind, Apply>

function family<K extends string>(apply: Apply, kinds: readonly K[]): Record<K, Apply> {
  return Object.fromEntries(kinds.map((kind) => [kind, apply])) as Record<K, Apply>
}

/**
 * The catalog after a change. It never fails: what the change is about may be unknown, and what
 * PostgreSQL would refuse is for `effects` to say.
 */
export function applyChange(catalog: Catalog, change: ChangeBody): Catalog {
  return families[change.kind](catalog, change as never)
}
