import { type Catalog, startDeployment, startTransaction } from '../../../src/catalog/catalog.ts'
import type { Change } from '../../../src/catalog/change.ts'
import type { Effects, Session } from '../../../src/dialects/effects.ts'
import { createEngine } from '../../../src/dialects/mysql/engine.ts'

export const engine = createEngine()

const BREAKPOINT = '--> statement-breakpoint\n'

/** The database after statements that were deployed. */
export function deployed(statements: readonly string[]): Catalog {
  return run(engine.emptyCatalog, statements).catalog
}

/** What a deployment changes, folded, with what each change costs. */
export function judged(
  before: Catalog,
  statements: readonly string[],
  session: Partial<Session> = {},
): readonly { readonly change: Change; readonly effects: Effects }[] {
  const whole: Session = { version: null, timezone: 'UTC', transaction: 'deployment', ...session }
  const { changes } = run(before, statements)
  return engine.fold(changes).map((change) => ({ change, effects: engine.effects(change, whole) }))
}

function run(catalog: Catalog, statements: readonly string[]) {
  const start = startTransaction(startDeployment(catalog), true)
  const text = statements.join(BREAKPOINT)
  const replay = engine.replay(start, { name: 'm', file: 'm.sql', text }, 0, false)
  return { catalog: replay.catalog, changes: replay.statements.flatMap(({ changes }) => changes) }
}
