import type { Session } from '../../../../src/dialects/effects.ts'
import { examples, filesOf, sessionOf } from '../../../rules/examples.ts'
import { holdsOn } from '../../../rules/tracedExample.ts'
import { type TruthMeasurement, readTruth } from '../../../verify/trace/shared.ts'
import { statements } from './statements.ts'

/** What is run on every version of PostgreSQL. */
export interface VersionCase {
  readonly id: string
  /** Deployed migrations. */
  readonly deployed: readonly string[]
  /** Pending migrations: one deployment. */
  readonly files: readonly string[]
  readonly session: Session
  /** What was recorded of it on this version, by other means than verify. */
  readonly recorded: TruthMeasurement | null
}

const truth = readTruth()
const BREAK = '\n--> statement-breakpoint\n'

/**
 * The rows of the measured truth, the examples of all rules, and the statements that versions differ on.
 * `PG_CASES=^statement` takes those whose id matches.
 */
export function casesOn(version: number): readonly VersionCase[] {
  const all = [
    ...truth.rows.flatMap(({ id, pre, sql, timezone, nontx, pg }): VersionCase[] => {
      const recorded = pg[version]
      if (recorded === undefined) return []
      return [
        {
          id: `truth: ${id}`,
          deployed: [truth.base, ...(pre === null ? [] : [pre])],
          files: [sql.join(BREAK)],
          session: { version, timezone, transaction: nontx ? 'none' : 'deployment' },
          recorded,
        },
      ]
    }),
    ...examples
      .filter(({ example }) => holdsOn(example, version))
      .map(({ rule, kind, example }): VersionCase => ({
        id: `${rule}, ${kind}: ${example.name}`,
        deployed: [example.schema],
        files: filesOf(example),
        session: sessionOf(example, version),
        recorded: null,
      })),
    ...statements.map(({ before, sql, transaction = true }): VersionCase => ({
      id: `${STATEMENT}${sql}`,
      deployed: [before],
      files: [sql],
      session: { version, timezone: 'UTC', transaction: transaction ? 'deployment' : 'none' },
      recorded: null,
    })),
  ]
  return all.filter(({ id }) => new RegExp(process.env.PG_CASES ?? '').test(id))
}

const STATEMENT = 'statement: '

/** The SQL of a case that is one of ./statements.ts; null for others. */
export function statementOf({ id }: VersionCase): string | null {
  return id.startsWith(STATEMENT) ? id.slice(STATEMENT.length) : null
}
