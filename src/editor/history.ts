import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { relativePath } from '../finding/relativePath.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Migration } from '../drizzle/migrations/migration.ts'
import { parseSnapshot } from '../drizzle/snapshot/parse.ts'
import type { Session } from '../dialects/effects.ts'
import type { Engine, MigrationSource } from '../dialects/dialect.ts'
import { type ReplayedDeployment, replayDeployment } from '../lint/judge.ts'
import { readSources } from '../check/sources.ts'
import { type Listing, isCurrent, list } from './listing.ts'

const histories = new Map<string, History>()

/**
 * The history of a migrations folder as it is on disk now. It is kept for as long as ESLint runs, so
 * that linting every file of a folder replays it once.
 *
 * @param path - the folder, absolute
 * @throws ProblemError for a journal that cannot be read
 */
export function historyOf(path: string): History {
  const kept = histories.get(path)
  kept?.refresh()
  const history = kept ?? new History(path)
  histories.set(path, history)
  return history
}

/** How a migration comes out on top of those before it. */
export interface ReplayedMigration {
  readonly replayed: ReplayedDeployment
  /** The end of the folder. */
  readonly known: Catalog
}

export interface NewestSnapshot {
  readonly catalog: Catalog
  /** Whether it stands beside the last migration: no SQL comes after it. */
  readonly isLast: boolean
}

/** The migrations of one folder, each a deployment of its own: what `--all` judges. */
export class History {
  readonly #path: string
  #listing: Listing
  /** Sources by file; null for one that is no text. */
  #sources = new Map<string, { readonly stamp: string; readonly source: MigrationSource | null }>()
  #snapshot: { readonly stamp: string; readonly catalog: Catalog | null } | undefined
  #replays: Replays = { session: '', incomplete: false, steps: [] }

  constructor(path: string) {
    this.#path = path
    this.#listing = list(path)
  }

  /** Looks again which migrations there are, if anything about that may have changed. */
  refresh(): void {
    if (!isCurrent(this.#listing)) this.#listing = list(this.#path)
  }

  /** The migration whose SQL a file is, also where the file is not on disk. */
  find(file: string): Migration | undefined {
    const { folder } = this.#listing
    const path = relativePath(dirname(this.#path), file)
    return [...folder.migrations, ...folder.missing].find((migration) => migration.file === path)
  }

  /** Where in the order of application a migration stands; -1 if the folder has none of that name. */
  positionOf(name: string): number {
    const { folder } = this.#listing
    return (
      [...folder.migrations, ...folder.missing].find((one) => one.name === name)?.position ?? -1
    )
  }

  /** What the folder says of its dialect. */
  get dialects(): Listing['dialects'] {
    return this.#listing.dialects
  }

  /** Whether the SQL on disk is plainly not what an engine reads. */
  looksForeign(engine: Engine): boolean {
    const { tree, folder } = this.#listing
    return readSources(tree, folder.migrations).sources.some(({ text }) =>
      engine.looksForeign(text),
    )
  }

  /**
   * Replays one migration with the text it has in the editor; all others have theirs on disk.
   *
   * @param position - its place in the order of application
   */
  replay(
    engine: Engine,
    session: Session,
    own: MigrationSource,
    position: number,
  ): ReplayedMigration {
    const steps = this.#replayAll(engine, session)
    const start = startOf(engine, this.#replays.incomplete)
    const saved = steps.find((step) => step.position === position)
    const end = steps.at(-1)?.replayed.after ?? start
    if (saved?.source.text === own.text) return { replayed: saved.replayed, known: end }
    const before = steps.findLast((step) => step.position < position)?.replayed.after ?? start
    const replayed = replayDeployment({ engine, session }, before, [own])
    let known = replayed.after
    for (const later of steps.filter((step) => step.position > position)) {
      known = replayDeployment({ engine, session }, known, [later.source]).after
    }
    return { replayed, known }
  }

  /** The database as the migrations on disk leave it; null where there are none. */
  end(engine: Engine, session: Session): Catalog | null {
    return this.#replayAll(engine, session).at(-1)?.replayed.after ?? null
  }

  /**
   * The newest snapshot of drizzle-kit's: what it will compare the schema with. null where there is
   * none that can be read.
   */
  snapshot(engine: Engine): NewestSnapshot | null {
    const { tree, folder } = this.#listing
    const paths = folder.migrations.map(({ snapshot }) => snapshot)
    const newest = paths.findLast((path) => existsSync(join(dirname(this.#path), path)))
    const stamp =
      newest === undefined ? '' : `${engine.dialect} ${newest} ${tree.stamp?.(newest) ?? ''}`
    const isLast = newest === paths.at(-1)
    if (this.#snapshot?.stamp === stamp)
      return this.#snapshot.catalog && { catalog: this.#snapshot.catalog, isLast }
    const content = newest === undefined ? undefined : tree.read(newest)
    const catalog = content ? (parseSnapshot(engine.snapshots(), content)?.catalog ?? null) : null
    this.#snapshot = { stamp, catalog }
    return catalog && { catalog, isLast }
  }

  /** Replays what has changed on disk, and what comes after it. */
  #replayAll(engine: Engine, session: Session): readonly Step[] {
    const { folder } = this.#listing
    const read = folder.migrations.map((migration) => this.#read(migration))
    const incomplete = folder.missing.length > 0 || read.includes(null)
    const sources = folder.migrations.flatMap(({ position }, at) => {
      const source = read[at]
      return source ? [{ position, source }] : []
    })
    const old = this.#replays
    const key = JSON.stringify([engine.dialect, session])
    const reusable = old.session === key && old.incomplete === incomplete ? old.steps : []
    const changed = sources.findIndex(({ source, position }, at) => {
      const step = reusable[at]
      return step?.source !== source || step.position !== position
    })
    const steps = reusable.slice(0, changed < 0 ? sources.length : changed)
    let catalog = steps.at(-1)?.replayed.after ?? startOf(engine, incomplete)
    for (const { position, source } of sources.slice(steps.length)) {
      const replayed = replayDeployment({ engine, session }, catalog, [source])
      steps.push({ position, source, replayed })
      catalog = replayed.after
    }
    this.#replays = { session: key, incomplete, steps }
    return steps
  }

  #read(migration: Migration): MigrationSource | null {
    const { tree } = this.#listing
    const stamp = tree.stamp?.(migration.file) ?? ''
    const kept = this.#sources.get(migration.file)
    if (kept?.stamp === stamp) return kept.source
    const source = readSources(tree, [migration]).sources[0] ?? null
    this.#sources.set(migration.file, { stamp, source })
    return source
  }
}

interface Step {
  readonly position: number
  readonly source: MigrationSource
  readonly replayed: ReplayedDeployment
}

interface Replays {
  readonly session: string
  /** A migration is missing, so that absence proves nothing. */
  readonly incomplete: boolean
  readonly steps: readonly Step[]
}

function startOf({ emptyCatalog }: Engine, incomplete: boolean): Catalog {
  return incomplete ? { ...emptyCatalog, blind: true } : emptyCatalog
}
