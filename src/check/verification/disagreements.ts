import type { Change } from '../../catalog/change.ts'
import { type QualifiedName, displayName } from '../../catalog/names.ts'
import type { Effects } from '../../dialects/effects.ts'
import type { Judgement } from '../../lint/judge.ts'
import type { UnitEffects } from '../../verify/unitEffects.ts'
import { isOfRows } from './dependsOnData.ts'
import type { RanDeployment } from './ranDeployment.ts'

const REPORT = 'https://github.com/migration-lint/migration-lint/issues'

/**
 * Where a server did something else than the linter computes of the same statement, in a line each
 * with everything a bug report needs. What the linter does not claim to know is left out.
 */
export function disagreements(
  { engine, session }: Judgement,
  { groups, measured: { units } }: Pick<RanDeployment, 'groups' | 'measured'>,
  version: number,
  server: string,
): readonly string[] {
  // How many rows are left by then, the linter cannot know.
  const written = new Set(
    groups
      .flatMap(({ changes }) => changes)
      .flatMap((change) => (change.kind === 'WriteRows' ? displayName(change.table) : [])),
  )
  return groups.flatMap(({ changes, measured, empty }) => {
    if (measured.some(({ error }) => error?.when === 'rows') && isOfRows(changes)) return []
    const isKnown = changes.every(
      ({ kind, origin }) => kind !== 'Unmodelled' && kind !== 'OpaqueSql' && !origin.guarded,
    )
    if (!isKnown || changes.some(({ before }) => before.blind)) return []
    // An index that is made again as it was is work too, but none that is worth a word.
    const isTrifle = changes.every(({ kind, folded }) => kind === 'Harmless' && folded.length > 0)
    if (isTrifle && measured.every(({ error }) => error === null)) return []
    const told = changes.map((change) => engine.effects(change, { ...session, version }))
    // What a block reads to decide what it does is not the business of the statements in it.
    const isBlock = changes.some(({ origin: { file, start } }) =>
      units.some(
        (unit) =>
          unit.file === file && unit.start <= start && start < unit.end && /^do\b/i.test(unit.sql),
      ),
    )
    const what = differences(
      told,
      measured,
      (table) => !isBlock && !empty.has(table) && !written.has(table) && isReadFor(table, changes),
      changes.some(({ kind }) => kind === 'WriteRows'),
    )
    if (what.length === 0) return []
    const { file, statement } = changes[0]!.origin
    return [
      `The linter and ${server} disagree about statement ${statement + 1} of the deployment, in ${file}: ${what.join('; ')}. This is a bug: please report it with the statement and the tables it names (${REPORT}).`,
    ]
  })
}

function differences(
  told: readonly Effects[],
  measured: readonly UnitEffects[],
  counts: (table: string) => boolean,
  writesRows: boolean,
): string[] {
  const error = measured.find((one) => one.error !== null)?.error ?? null
  const expected = told.flatMap(({ errors }) => errors)
  if (error !== null) {
    // What no migration makes, the linter does not know to be missing.
    return expected.some(({ kind, code }) => kind === error.kind || code === error.code) ||
      OUTSIDE.has(error.code)
      ? []
      : [`it was refused (${error.code} ${error.message}), which the linter does not expect`]
  }
  const certain = expected.find(({ when }) => when === 'always')
  if (certain) return [`the linter expects ${certain.code} ${certain.message}, and it ran`]
  if (measured.some(({ unseen }) => unseen)) return []
  // How many rows a condition meets, only the rows tell.
  const rewrites = writesRows ? [] : both('rewrites', told, measured, () => true)
  return [
    ...rewrites,
    ...both('scans', told, measured, counts),
    ...both('builds', told, measured, counts),
  ]
}

/** undefined_object, undefined_function, invalid_schema_name; and what a program raises. */
const OUTSIDE = new Set(['42704', '42883', '3F000', 'P0001'])

/**
 * Whether a table is read by the statement itself: how a query finds rows, and how a foreign key looks
 * up the other table, is for the planner to decide, which goes by the number of rows.
 */
function isReadFor(table: string, changes: readonly Change[]): boolean {
  return changes.every((change) => {
    if (change.kind === 'WriteRows' || change.kind === 'ReadRows') return false
    const isKey = ['AddForeignKey', 'AlterForeignKey', 'ValidateConstraint'].includes(change.kind)
    return (
      !isKey || ('table' in change && change.table !== null && displayName(change.table) === table)
    )
  })
}

const VERBS = { rewrites: 'rewrites', scans: 'scans all of', builds: 'builds an index on' } as const

function both(
  part: keyof typeof VERBS,
  told: readonly Effects[],
  measured: readonly UnitEffects[],
  counts: (name: string) => boolean,
): string[] {
  const names = (lists: readonly (readonly QualifiedName[])[]) =>
    new Set(lists.flat().map(displayName).filter(counts))
  const rewritten = names(measured.map(({ rewrites }) => rewrites))
  // The indexes of a rewritten table are recreated with it.
  const own = (all: ReadonlySet<string>) =>
    part === 'builds' ? [...all].filter((name) => !rewritten.has(name)) : [...all]
  const expected = own(names(told.map((effects) => effects[part])))
  const seen = own(names(measured.map((effects) => effects[part])))
  return [
    ...expected
      .filter((name) => !seen.includes(name))
      .map((name) => `the linter says it ${VERBS[part]} ${name}, and it does not`),
    ...seen
      .filter((name) => !expected.includes(name))
      .map((name) => `it ${VERBS[part]} ${name}, which the linter does not expect`),
  ]
}
