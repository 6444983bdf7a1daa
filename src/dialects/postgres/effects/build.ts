import { type Catalog, descendants, findTable, findView } from '../../../catalog/catalog.ts'
import { isEmpty, isNew } from '../../../catalog/newness.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import type { Effects, Loss, RunError } from '../../effects.ts'
import { type LockMode, isAtLeast, keptOutBy } from '../lockModes.ts'
import { type SqlState, errorKind } from './sqlStates.ts'

/**
 * Collects what a change costs. Relations the deployment created itself do not count: nobody else
 * can see them yet. Partitions and inheriting tables share their parent's fate.
 */
export class EffectsBuilder {
  private readonly catalog: Catalog
  private readonly locks = new Map<string, { relation: QualifiedName; mode: LockMode }>()
  private readonly rewrites = new Map<string, QualifiedName>()
  private readonly scans = new Map<string, QualifiedName>()
  private readonly builds = new Map<string, QualifiedName>()
  private readonly errors: RunError[] = []
  private readonly losses: Loss[] = []
  private condition: string | null = null

  constructor(catalog: Catalog) {
    this.catalog = catalog
  }

  /** A lock on the relation, and on its partitions if it has any. */
  lock(relation: QualifiedName, mode: LockMode): this {
    return this.lockOnly(relation, mode).each(relation, (child) => this.lockOnly(child, mode))
  }

  /** A lock on the relation alone. */
  lockOnly(relation: QualifiedName, mode: LockMode): this {
    if (!this.counts(relation)) return this
    const key = nameKey(relation)
    const held = this.locks.get(key)
    if (held === undefined || isAtLeast(mode, held.mode)) {
      this.locks.set(key, { relation: plain(relation), mode })
    }
    return this
  }

  /** The table is rewritten, with all its indexes. */
  rewrite(relation: QualifiedName): this {
    return this.replace(relation).scan(relation)
  }

  /** The table gets another file, which nothing of what it held goes into. */
  replace(relation: QualifiedName): this {
    this.put(this.rewrites, relation)
    return this
  }

  /** The table is read from end to end. */
  scan(relation: QualifiedName): this {
    this.put(this.scans, relation)
    return this
  }

  /** An index is built on the table, for which it is read. */
  build(relation: QualifiedName): this {
    this.put(this.builds, relation)
    return this.scan(relation)
  }

  /** An error whatever the rows. */
  fails(code: SqlState, message: string, detail: string | null = null): this {
    return this.error('always', code, message, detail)
  }

  /** An error as soon as the table holds a row, unless the deployment has just made it, empty. */
  failsOnRows(relation: QualifiedName, code: SqlState, message: string): this {
    return isEmpty(this.catalog, relation) ? this : this.error('rows', code, message)
  }

  /** An error that depends on what the rows hold. */
  mayFail(relation: QualifiedName, code: SqlState, message: string): this {
    return isEmpty(this.catalog, relation) ? this : this.error('some-rows', code, message)
  }

  /** Values are cut short or rounded without an error. */
  loses(loss: Loss): this {
    this.losses.push(loss)
    return this
  }

  /** What would spare the work, where that cannot be known. */
  unless(condition: string): this {
    this.condition = condition
    return this
  }

  done(): Effects {
    // A rewrite rebuilds every index; they are not counted twice.
    for (const key of this.rewrites.keys()) this.builds.delete(key)
    return {
      locks: [...this.locks.values()].map((lock) => ({ ...lock, keepsOut: keptOutBy(lock.mode) })),
      rewrites: [...this.rewrites.values()],
      scans: [...this.scans.values()],
      builds: [...this.builds.values()],
      errors: this.errors,
      losses: this.losses,
      unless: this.condition,
    }
  }

  private error(
    when: RunError['when'],
    code: SqlState,
    message: string,
    detail: string | null = null,
  ): this {
    this.errors.push({ kind: errorKind(code), code, message, detail, when })
    return this
  }

  private put(into: Map<string, QualifiedName>, relation: QualifiedName): void {
    const whole = findTable(this.catalog, relation)
    // A partitioned table holds no rows itself; its partitions do.
    if (whole?.partitionKey == null && this.holdsRows(relation))
      into.set(nameKey(relation), plain(relation))
    this.each(relation, (child) => {
      if (this.holdsRows(child)) into.set(nameKey(child), plain(child))
    })
  }

  private each(relation: QualifiedName, visit: (child: QualifiedName) => void): this {
    for (const child of descendants(this.catalog, relation)) visit(child)
    return this
  }

  /** What TRUNCATE has emptied takes no time. */
  private holdsRows(relation: QualifiedName): boolean {
    const { truncatedIn } = findTable(this.catalog, relation) ?? {}
    return this.counts(relation) && truncatedIn !== this.catalog.deployment
  }

  private counts(relation: QualifiedName): boolean {
    if (relation.schema === 'pg_temp') return false
    const known = findTable(this.catalog, relation) ?? findView(this.catalog, relation)
    return known === undefined || !isNew(this.catalog, known)
  }
}

function plain(name: QualifiedName): QualifiedName {
  return { schema: name.schema, name: name.name }
}
