import { applyChange } from '../../catalog/apply.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { type ChangeBody, rangeOf } from '../../catalog/change.ts'
import type { Session } from '../../dialects/effects.ts'
import type { Engine, MigrationSource } from '../../dialects/dialect.ts'
import type { ReadSnapshot } from '../../dialects/snapshot/reader.ts'
import { replayDeployment } from '../../lint/judge.ts'
import type { Replay } from '../replay.ts'
import type { Mismatch, SetAside, SnapshotComparison } from './comparison.ts'
import { type Difference, differencesFrom } from './differences.ts'
import { Uncertainty } from './uncertainty.ts'

/** A migration, and its snapshot where it has one that can be read. */
export interface ComparedMigration {
  readonly source: MigrationSource
  readonly snapshot: () => ReadSnapshot | null
}

/** Where a comparison starts. */
export interface ComparisonStart {
  /** The newest snapshot of what is deployed; null if there is none. */
  readonly snapshot: ReadSnapshot | null
  /** Deployed migrations after it, or all of them. */
  readonly deployed: readonly MigrationSource[]
}

/**
 * Replays migrations and compares the outcome with each snapshot beside them. It starts from the
 * newest deployed snapshot, so that nothing that differed there is said again and no more of the
 * history is read than it takes.
 *
 * @param pending - in the order of application
 * @param replay - where replays are shared with others
 */
export function compareSnapshots(
  engine: Engine,
  session: Session,
  start: ComparisonStart,
  pending: readonly ComparedMigration[],
  replay: Replay = (catalog, sources) => replayDeployment({ engine, session }, catalog, sources),
): SnapshotComparison {
  const walk = new Walk(engine, session, replay, start.snapshot)
  for (const source of start.deployed) walk.replay(source)
  walk.setAsideWhatIsDeployed(start)
  for (const { source, snapshot } of pending) {
    walk.replay(source)
    const read = snapshot()
    if (read) walk.compare(source, read)
  }
  return { mismatches: walk.mismatches, setAside: walk.setAside }
}

/** Reasons to take the snapshot's word for what the database is. */
const ADOPTED: ReadonlySet<SetAside['reason']> = new Set(['opaque', 'fails', 'introspected'])

class Walk {
  private readonly engine: Engine
  private readonly session: Session
  private readonly replayOn: Replay
  private catalog: Catalog
  private previous: ReadSnapshot | null
  private readonly open = new Map<string, Mismatch>()
  /** Keys of differences that are not this deployment's, or that nobody can be blamed for. */
  private ignored: ReadonlySet<string> = new Set()
  private uncertainty: Uncertainty

  constructor(engine: Engine, session: Session, replay: Replay, snapshot: ReadSnapshot | null) {
    this.engine = engine
    this.session = session
    this.replayOn = replay
    this.uncertainty = this.noUncertainty()
    this.previous = snapshot
    this.catalog = snapshot?.catalog ?? engine.emptyCatalog
  }

  readonly setAside: SetAside[] = []

  get mismatches(): readonly Mismatch[] {
    return [...this.open.values()]
  }

  replay(source: MigrationSource): void {
    const { migrations, after } = this.replayOn(this.catalog, [source])
    this.catalog = after
    this.uncertainty.see(migrations.flatMap(({ statements }) => statements))
  }

  /** What differs already is not the pending migrations' doing. */
  setAsideWhatIsDeployed({ snapshot, deployed }: ComparisonStart): void {
    if (snapshot) this.ignored = new Set(differencesFrom(this.catalog, snapshot, null).keys())
    // Without any snapshot, nobody knows what the deployed migrations should have led to.
    else if (deployed.length > 0) this.uncertainty.everything()
  }

  compare({ name, file }: MigrationSource, snapshot: ReadSnapshot): void {
    const { previous } = this
    const found = differencesFrom(this.catalog, snapshot, previous?.catalog ?? null)
    // A snapshot that does not follow the one before it is a fork, which has a rule of its own.
    const follows =
      previous === null || snapshot.id === previous.id || snapshot.parents.includes(previous.id)
    const ignored = new Set<string>()
    const adopted: Difference[] = []
    for (const key of this.open.keys()) if (!found.has(key)) this.open.delete(key)
    for (const [key, difference] of found) {
      const known = this.open.get(key)
      const reason = known ? null : this.reasonFor(key, difference, follows)
      if (reason !== null) {
        this.setAside.push({ migration: name, key, reason })
        if (ADOPTED.has(reason)) adopted.push(difference)
        else ignored.add(key)
      } else
        this.open.set(key, {
          ...(known ?? this.blame(key, name, file)),
          ...this.sides(difference, snapshot),
        })
    }
    this.adopt(adopted)
    this.ignored = ignored
    this.previous = snapshot
    this.uncertainty = this.noUncertainty()
  }

  private sides({ subject, changes }: Difference, { catalog }: ReadSnapshot) {
    return { subject, changes, actual: this.catalog, expected: catalog }
  }

  private blame(key: string, snapshotOf: string, file: string) {
    const origin = this.uncertainty.lastTouch(key)?.origin
    return origin
      ? {
          snapshotOf,
          migration: origin.migration,
          file: origin.file,
          range: rangeOf(origin),
        }
      : { snapshotOf, migration: snapshotOf, file, range: null }
  }

  private reasonFor(
    key: string,
    { harmless, changes }: Difference,
    follows: boolean,
  ): SetAside['reason'] | null {
    if (this.ignored.has(key)) return 'deployed'
    if (harmless) return 'harmless'
    return follows ? this.uncertainty.reason(key, changes, this.previous === null) : 'fork'
  }

  private noUncertainty(): Uncertainty {
    const { engine, session } = this
    // Who has CONCURRENTLY in a migration runs it some other way than in Drizzle's transaction.
    return new Uncertainty((change) =>
      engine
        .effects(change, session)
        .errors.some(({ when, kind }) => when === 'always' && kind !== 'outside-transaction'),
    )
  }

  /** Takes the snapshot's word for it; types go last, or their columns would go with them. */
  private adopt(differences: readonly Difference[]): void {
    const changes = differences.flatMap((difference) => difference.changes)
    const isLast = (change: ChangeBody) => change.kind === 'DropType'
    this.catalog = [
      ...changes.filter((change) => !isLast(change)),
      ...changes.filter(isLast),
    ].reduce(applyChange, this.catalog)
  }
}
