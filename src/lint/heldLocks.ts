import type { Change } from '../catalog/change.ts'
import { type QualifiedName, nameKey } from '../catalog/names.ts'
import { type Effects, keepsOut } from '../dialects/effects.ts'
import type { HeldLock } from './rule.ts'

/**
 * The locks a transaction holds. They add up until it ends: under Drizzle's migrator, until the last
 * statement of the last pending file.
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
    for (const lock of effects.locks) {
      const key = nameKey(lock.relation)
      const before = this.held.get(key)
      if (before === undefined || !keepsOut(before, lock.keepsOut)) {
        this.held.set(key, { ...lock, by: change })
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
