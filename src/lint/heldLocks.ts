import type { Change } from '../catalog/change.ts'
import { type QualifiedName, nameKey } from '../catalog/names.ts'
import { type Effects, keepsOut } from '../dialects/effects.ts'
import type { HeldLock, HeldLocks } from './rule.ts'

/**
 * The locks a transaction holds. They add up until it ends: under Drizzle's migrator, until the last
 * statement of the last pending file (PgDialect.migrate in drizzle-orm's src/pg-core/dialect.ts).
 */
export class LockLedger implements HeldLocks {
  private held = new Map<string, HeldLock>()
  private first: { readonly exclusive?: HeldLock; readonly blocking?: HeldLock } = {}
  private transaction: number | null = null

  /** Call with every change in order, before it is looked at. */
  enter(change: Change): void {
    if (change.before.transaction === this.transaction) return
    this.transaction = change.before.transaction
    this.held = new Map()
    this.first = {}
  }

  /** Call with every change in order, after it was looked at. */
  leave(change: Change, effects: Effects): void {
    for (const lock of effects.locks) {
      const key = nameKey(lock.relation)
      const before = this.held.get(key)
      if (before === undefined || !keepsOut(before, lock.keepsOut)) {
        const held = { ...lock, by: change }
        this.held.set(key, held)
        if (keepsOut(held, 'writers')) this.first = { blocking: held, ...this.first }
        if (keepsOut(held, 'readers')) this.first = { exclusive: held, ...this.first }
      }
    }
  }

  /** What is held on a relation. */
  on(relation: QualifiedName): HeldLock | undefined {
    return this.held.get(nameKey(relation))
  }

  /** The first that was taken of those that keep most out; undefined if none keeps out writers. */
  strongest(): HeldLock | undefined {
    return this.first.exclusive ?? this.first.blocking
  }
}
