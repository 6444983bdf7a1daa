import type { Change } from '../catalog/change.ts'
import { type QualifiedName, nameKey } from '../catalog/names.ts'
import { type Effects, isAtLeast } from '../dialects/effects.ts'
import type { HeldLock } from './rule.ts'

/**
 * The locks a transaction holds. They add up until it ends: under Drizzle's migrator, until the last
 * statement of the last pending file (facts/drizzle.md, section 2).
 */
export class HeldLocks {
  private held = new Map<string, HeldLock>()
  private transaction: number | null = null

  /** Call with every change in order, before it is looked at. */
  enter(change: Change): void {
    if (change.before.transaction === this.transaction) return
    this.transaction = change.before.transaction
    this.held = new Map()
  }

  /** Call with every change in order, after it was looked at. */
  leave(change: Change, effects: Effects): void {
    for (const { relation, mode } of effects.locks) {
      const key = nameKey(relation)
      const before = this.held.get(key)
      if (before === undefined || !isAtLeast(before.mode, mode)) {
        this.held.set(key, { relation, mode, by: change })
      }
    }
  }

  /** What is held on a relation. */
  on(relation: QualifiedName): HeldLock | undefined {
    return this.held.get(nameKey(relation))
  }

  /** Everything that is held. */
  all(): readonly HeldLock[] {
    return [...this.held.values()]
  }
}
