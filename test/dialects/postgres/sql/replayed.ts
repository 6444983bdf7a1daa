import { type Catalog, EMPTY_CATALOG } from '../../../../src/catalog/catalog.ts'
import {
  type Change,
  type ChangeKind,
  type ChangeOf,
  type Part,
  rangeOf,
} from '../../../../src/catalog/change.ts'
import type { Session } from '../../../../src/dialects/effects.ts'
import { replayDeployment } from '../../../../src/lint/judge.ts'
import { loadEngine } from '../../../../src/dialects/postgres/load.ts'

export const engine = await loadEngine()

/** A deployment after it was run on what production had. */
export interface Replayed {
  /** As the server makes them, before folding. */
  readonly changes: readonly Change[]
  /** As rules see them. */
  readonly folded: readonly Change[]
  readonly before: Catalog
  readonly after: Catalog
  /** The file's text behind a change, or behind a part of it. */
  textOf(change: Change | undefined, part?: Part): string
}

/** Runs files as one deployment. One text is one file; `deployed` went before, as one of its own. */
export function replayed(
  sql: string | readonly string[],
  options: { deployed?: string; transaction?: Session['transaction'] } = {},
): Replayed {
  const session: Session = {
    version: null,
    timezone: 'UTC',
    transaction: options.transaction ?? 'deployment',
  }
  const run = (catalog: Catalog, texts: readonly string[]) =>
    replayDeployment(
      { engine, session },
      catalog,
      texts.map((text, position) => ({ name: `${position}`, file: `${position}.sql`, text })),
    )
  const deployed =
    options.deployed === undefined ? EMPTY_CATALOG : run(EMPTY_CATALOG, [options.deployed]).after
  const files = typeof sql === 'string' ? [sql] : sql
  const { migrations, changes, before, after } = run(deployed, files)
  return {
    changes: migrations.flatMap(({ statements }) => statements.flatMap((each) => each.changes)),
    folded: changes,
    before,
    after,
    textOf(change, part) {
      if (change === undefined) throw new Error('there is no such change')
      const { start, end } = rangeOf(change.origin, part)
      return (files[Number(change.origin.migration)] ?? '').slice(start, end)
    },
  }
}

/** The changes of one kind. */
export function ofKind<K extends ChangeKind>(changes: readonly Change[], kind: K): ChangeOf<K>[] {
  return changes.filter((change): change is ChangeOf<K> => change.kind === kind)
}

/** The kinds of changes, in order. */
export function kinds(changes: readonly Change[]): readonly ChangeKind[] {
  return changes.map(({ kind }) => kind)
}
