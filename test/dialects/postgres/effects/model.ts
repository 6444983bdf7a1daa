import { EMPTY_CATALOG, findTable, findView } from '../../../../src/catalog/catalog.ts'
import type { Catalog } from '../../../../src/catalog/catalog.ts'
import type { Change } from '../../../../src/catalog/change.ts'
import { displayName } from '../../../../src/catalog/names.ts'
import type { QualifiedName } from '../../../../src/catalog/names.ts'
import { type LockMode, isAtLeast } from '../../../../src/dialects/postgres/lockModes.ts'
import type { Effects, Session } from '../../../../src/dialects/effects.ts'
import { replayDeployment } from '../../../../src/lint/judge.ts'
import type { ReplayedDeployment } from '../../../../src/lint/judge.ts'
import { loadEngine } from '../../../../src/dialects/postgres/load.ts'

export const engine = await loadEngine()

/** The catalog after deployments that went before, each with a transaction of its own. */
export function deploy(session: Session, deployments: readonly string[]): Catalog {
  return deployments.reduce(
    (catalog, text) => replay(session, catalog, [text]).after,
    EMPTY_CATALOG,
  )
}

/** One deployment on top of a catalog; one text is one migration. */
export function replay(
  session: Session,
  deployed: Catalog,
  texts: readonly string[],
): ReplayedDeployment {
  const sources = texts.map((text, position) => ({
    name: `${position}`,
    file: `${position}.sql`,
    text,
  }))
  return replayDeployment({ engine, session }, deployed, sources)
}

/** What changes together are said to do, in the words of a trace. */
export interface Modelled {
  /** The strongest lock on each table, view or materialized view: see `isTold`. */
  readonly locks: Readonly<Record<string, LockMode>>
  readonly rewritten: readonly string[]
  readonly scanned: readonly string[]
  /** Tables that get an index, or one anew, without those that are rewritten. */
  readonly builtOn: readonly string[]
  /** SQLSTATEs of errors that any row brings about, or none. */
  readonly certain: readonly string[]
  /** Those, and what SET NOT NULL finds in columns that nobody but an application can have filled. */
  readonly feared: readonly string[]
  /** SQLSTATEs of errors that depend on what the rows hold. */
  readonly possible: readonly string[]
}

/**
 * Whether a lock is one the model speaks for: what keeps out DDL or more, and a writer's own.
 * What readers take (AccessShare, RowShare) keeps out nothing but ACCESS EXCLUSIVE and EXCLUSIVE.
 */
export function isTold(mode: string): boolean {
  return mode === 'RowExclusive' || isAtLeast(mode as LockMode, 'ShareUpdateExclusive')
}

/**
 * The sum of what changes do: what each does by itself, with the strongest lock on a relation.
 *
 * @param effectsOf - what one change does; a test hands in a broken one
 */
export function model(
  changes: readonly Change[],
  session: Session,
  effectsOf: (change: Change, session: Session) => Effects = engine.effects,
): Modelled {
  const effects = changes.map((change) => effectsOf(change, session))
  const locks = new Map<string, LockMode>()
  for (const { relation, mode: held } of effects.flatMap((each) => each.locks)) {
    const mode = held as LockMode
    const name = displayName(relation)
    if (isTold(mode) && isAtLeast(mode, locks.get(name) ?? 'AccessShare')) locks.set(name, mode)
  }
  const named = (part: (effects: Effects, position: number) => readonly QualifiedName[]) =>
    [...new Set(effects.flatMap(part).map(displayName))].sort()
  const errors = changes.flatMap(({ kind }, position) =>
    (effects[position]?.errors ?? []).map(({ code, when }) => ({
      code,
      isFeared: when !== 'some-rows',
      isCertain: when === 'always' || (when === 'rows' && kind !== 'SetNotNull'),
    })),
  )
  const rewrittenWith = (change: Change) =>
    changes.flatMap(({ origin }, position) =>
      origin.statement === change.origin.statement ? (effects[position]?.rewrites ?? []) : [],
    )
  return {
    locks: Object.fromEntries([...locks].sort(([a], [b]) => (a < b ? -1 : 1))),
    rewritten: named(({ rewrites }) => rewrites),
    scanned: named(({ scans }) => scans),
    builtOn: named(({ builds }, position) => {
      const change = changes[position]
      const own = change === undefined ? [] : rewrittenWith(change).map(displayName)
      return builds.filter((table) => !own.includes(displayName(table)))
    }),
    certain: errors.filter(({ isCertain }) => isCertain).map(({ code }) => code),
    feared: errors.filter(({ isFeared }) => isFeared).map(({ code }) => code),
    possible: errors.filter(({ isCertain }) => !isCertain).map(({ code }) => code),
  }
}

/** Whether a catalog knows a table or view by the name that a trace gives it. */
export function isRelation(catalog: Catalog, name: string): boolean {
  const dot = name.indexOf('.')
  const qualified =
    dot < 0 ? { schema: 'public', name } : { schema: name.slice(0, dot), name: name.slice(dot + 1) }
  return (findTable(catalog, qualified) ?? findView(catalog, qualified)) !== undefined
}
