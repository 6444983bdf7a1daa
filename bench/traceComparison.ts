import type { Catalog } from '../src/catalog/catalog.ts'
import type { Change, ChangeKind } from '../src/catalog/change.ts'
import { displayName } from '../src/catalog/names.ts'
import type { QualifiedName } from '../src/catalog/names.ts'
import { type LockMode, isAtLeast } from '../src/dialects/postgres/lockModes.ts'
import type { Session } from '../src/dialects/effects.ts'
import type { Engine } from '../src/dialects/dialect.ts'
import { isRelation, isTold } from '../test/dialects/postgres/effects/model.ts'
import type { TracedRow } from './traceRows.ts'

export type Aspect = 'locks' | 'rewrites' | 'scans' | 'errors'

export interface Comparison {
  readonly sql: string
  readonly kinds: readonly ChangeKind[]
  /** What differs: '' is nothing, null is not comparable. */
  readonly differs: Readonly<Record<Aspect, string | null>>
  /** Whether the server did any of it. */
  readonly measured: Readonly<Record<Aspect, boolean>>
}

/** The strongest lock on each relation that a transaction has taken so far. */
export interface HeldSoFar {
  readonly measured: Map<string, string>
  readonly told: Map<string, string>
  /** A statement failed, or ended the transaction itself: what is held from then on is not known. */
  isBroken: boolean
  /** A statement failed on rows and ran again without them: what is read does not show. */
  isEmptied: boolean
}

/** The trace was made on PGlite; each file was one transaction. */
const SESSION: Session = { version: 18, timezone: 'UTC', transaction: 'migration' }

/**
 * Compares what the changes of one chunk are said to do with what was measured.
 *
 * @param start - the catalog at the start of the transaction: relations it does not have do not count
 * @param held - what the transaction was measured, and said, to hold before: the trace has a mode only
 *   where a statement first takes it
 */
export function compareChunk(
  engine: Engine,
  start: Catalog,
  changes: readonly Change[],
  row: TracedRow,
  held: HeldSoFar,
): Comparison {
  const effects = changes.map((change) => engine.effects(change, SESSION))
  const named = (relations: readonly QualifiedName[]) =>
    [...new Set(relations.map(displayName))].sort()
  const known = (names: readonly string[]) =>
    names
      .map(plain)
      .filter((name) => isRelation(start, name))
      .sort()
  const taken = Object.entries(row.locks ?? {}).map(([name, mode]): [string, string] => [
    plain(name),
    mode,
  ])
  const told = effects
    .flatMap(({ locks }) => locks)
    .map(({ relation, mode }): [string, string] => [displayName(relation), mode])
  const endsItself = changes.some(({ kind }) => kind === 'TransactionControl')
  held.isBroken ||= row.err !== undefined || !row.tx || endsItself
  strengthen(held.measured, taken)
  strengthen(held.told, told)
  const touched = new Set(
    [...taken, ...told].map(([name]) => name).filter((name) => isRelation(start, name)),
  )
  const errors = changes.flatMap(({ kind }, position) =>
    (effects[position]?.errors ?? []).map(({ code, when }) => ({
      code,
      // Seeded rows have a value in every column: what SET NOT NULL fears they do not show.
      when: kind === 'SetNotNull' && when === 'rows' ? 'some-rows' : when,
    })),
  )
  const failed = row.err !== undefined
  const isCompared = !failed
  held.isEmptied ||= failed
  return {
    sql: row.sql,
    kinds: [...new Set(changes.map(({ kind }) => kind))],
    measured: {
      locks: taken.some(([name, mode]) => isTold(mode) && isRelation(start, name)),
      rewrites: known(row.rewrite ?? []).length > 0,
      scans: known(Object.keys(row.scan ?? {})).length > 0,
      errors: failed,
    },
    differs: {
      locks: !held.isBroken ? lockDifference(touched, held) : null,
      rewrites: isCompared
        ? setDifference(
            named(effects.flatMap(({ rewrites }) => rewrites)),
            known(row.rewrite ?? []),
          )
        : null,
      scans:
        isCompared && row.tx && !held.isEmptied
          ? setDifference(
              named(effects.flatMap(({ scans }) => scans)),
              known(Object.keys(row.scan ?? {})),
            )
          : null,
      errors: errorDifference(errors, row, !held.isEmptied),
    },
  }
}

function errorDifference(
  errors: readonly { readonly code: string; readonly when: string }[],
  { err, hard }: TracedRow,
  hasRows: boolean,
): string {
  if (err !== undefined) {
    const isTold = errors.some(({ code }) => code === err[0])
    return isTold ? '' : `measured ${hard ? 'always ' : ''}${err.join(' ')}`
  }
  const certain = errors.filter(({ when }) => when === 'always' || (when === 'rows' && hasRows))
  return certain.length === 0 ? '' : `told ${certain.map(({ code }) => code).join(', ')}`
}

function lockDifference(touched: ReadonlySet<string>, { measured, told }: HeldSoFar): string {
  return [...touched]
    .flatMap((name) => {
      const [is, said] = [measured.get(name) ?? 'none', told.get(name) ?? 'none']
      return is === said ? [] : [`measured ${is} on ${name}, told ${said}`]
    })
    .join('; ')
}

function strengthen(
  held: Map<string, string>,
  taken: readonly (readonly [string, string])[],
): void {
  for (const [name, mode] of taken) {
    if (
      isTold(mode) &&
      isAtLeast(mode as LockMode, (held.get(name) ?? 'AccessShare') as LockMode)
    ) {
      held.set(name, mode)
    }
  }
}

function setDifference(told: readonly string[], measured: readonly string[]): string {
  const missing = measured.filter((name) => !told.includes(name))
  const extra = told.filter((name) => !measured.includes(name))
  return [
    missing.length > 0 ? `measured ${missing.join(', ')}` : '',
    extra.length > 0 ? `told ${extra.join(', ')}` : '',
  ]
    .filter((text) => text !== '')
    .join('; ')
}

function plain(name: string): string {
  return name.startsWith('public.') ? name.slice('public.'.length) : name
}
