import type { Rule } from 'eslint'
import type { Engine } from '../../dialects/dialect.ts'
import type { Session } from '../../dialects/effects.ts'
import { type Review, replayDeployment, reviewDeployment } from '../../lint/judge.ts'
import type { MigrationRule } from '../../lint/rule.ts'
import type { ActiveRule } from '../../lint/settings.ts'
import { severityIn } from '../../lint/wording.ts'
import { clientsAround } from '../../editor/clients.ts'
import { sqlEngine } from '../../editor/engine.ts'
import type { ReplayedMigration } from '../../editor/history.ts'
import { sessionFor } from '../../editor/options.ts'
import { productAround } from '../../editor/product.ts'
import type { MigrationFile, MigrationSourceCode } from './sourceCode.ts'

const passes = new WeakMap<MigrationSourceCode, Pass>()

/**
 * One run of the rules over a file. They are all created before ESLint shows them the file, so the
 * first that asks has it judged for all of them: once, and in the knowledge of which ones run.
 */
export class Pass {
  readonly #active: ActiveRule[] = []
  readonly #seconds = new Map<MigrationRule, Rule.RuleContext>()
  readonly #file: MigrationFile
  readonly #rules: readonly MigrationRule[]
  #review: Review | undefined

  constructor(file: MigrationFile, rules: readonly MigrationRule[]) {
    this.#file = file
    this.#rules = rules
  }

  /** The pass over a file that is about to begin. */
  static over(sourceCode: MigrationSourceCode, rules: readonly MigrationRule[]): Pass {
    const current = passes.get(sourceCode)
    const pass =
      current && current.#review === undefined ? current : new Pass(sourceCode.file, rules)
    passes.set(sourceCode, pass)
    return pass
  }

  join(by: ActiveRule): void {
    this.#active.push(by)
  }

  /** Has a second rule report what of a rule has the other severity. */
  takeOver(rule: MigrationRule, second: Rule.RuleContext): void {
    this.#seconds.set(rule, second)
  }

  /** Where a message of a rule is reported: the rule's own context, or that of its second. */
  contextFor(rule: MigrationRule, messageId: string, own: Rule.RuleContext): Rule.RuleContext {
    const { place } = this.#file
    const isOther =
      'dialect' in place && severityIn(rule, place.dialect, messageId) !== rule.meta.severity
    return (isOther ? this.#seconds.get(rule) : undefined) ?? own
  }

  /** What the rules that have joined say. */
  review(): Review {
    return (this.#review ??= judge(this.#file, this.#active, this.#rules))
  }
}

const NOTHING: Review = { reports: [], complaints: [], failures: [] }

function judge(
  file: MigrationFile,
  active: readonly ActiveRule[],
  rules: readonly MigrationRule[],
): Review {
  const { options, path, place } = file
  if (place.kind === 'foreign') return NOTHING
  const engine = sqlEngine(place.dialect)
  const clients = clientsAround(path, place.dialect, options.driver)
  const product = productAround(path, place.dialect, options.mysql)
  const session = sessionFor(place.dialect, options, { client: clients.certain, product })
  const replayed = replay(file, engine, session)
  if (replayed === null) return NOTHING
  const deployment = replayed.replayed
  const isRebuilt = deployment.changes.some(({ kind }) => kind === 'RebuildTable')
  const driver = session.driver ?? (isRebuilt ? clients.search() : null)
  const judgement = {
    engine,
    session: { ...session, driver, keysOff: isRebuilt && clients.switchesKeysOff() },
    rules,
    active,
    acknowledged: options.acknowledged ?? [],
    smallTables: options.smallTables ?? [],
    downtime: options.downtime ?? false,
    project: '',
  }
  const review = reviewDeployment(
    judgement,
    { ...deployment, session: judgement.session },
    replayed.known,
  )
  // ESLint says which file it was, and that something is wrong with us.
  const [failure] = [...deployment.failures, ...review.failures]
  if (failure) throw failure.error
  return review
}

/** @returns null for a file that no migrator will run, or whose findings are in the baseline */
function replay(
  { text, place, options }: MigrationFile,
  engine: Engine,
  session: Session,
): ReplayedMigration | null {
  if (place.kind === 'alone') {
    // Nothing is known of the database: that something is not there proves nothing.
    const before = { ...engine.emptyCatalog, blind: true }
    const source = { name: place.name, file: place.name, text }
    const replayed = replayDeployment({ engine, session }, before, [source])
    return { replayed, known: replayed.after }
  }
  if (place.kind !== 'listed') return null
  const { history, name, file, position } = place
  const baseline = options.baseline === undefined ? -1 : history.positionOf(options.baseline)
  return position <= baseline
    ? null
    : history.replay(engine, session, { name, file, text }, position)
}
