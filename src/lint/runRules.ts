import { type Change, type ChangeKind, rangeOf } from '../catalog/change.ts'
import { displayName } from '../catalog/names.ts'
import type { Effects } from '../dialects/effects.ts'
import { coverageOf } from './coverage.ts'
import type { Dialect, Engine, Failure } from '../dialects/dialect.ts'
import type { DialectName } from '../dialects/names.ts'
import { dialectOf } from '../dialects/registry.ts'
import { LockLedger } from './heldLocks.ts'
import type { Statement } from '../catalog/statement.ts'
import type {
  DeploymentUnit,
  MigrationRule,
  MigrationUnit,
  Report,
  RuleContext,
  Visitors,
} from './rule.ts'
import type { ActiveRule } from './settings.ts'
import { messageOf } from './wording.ts'
import { tableMatcher } from './tablePatterns.ts'

/** A report together with the rule that made it. */
export interface RuleReport extends Report {
  readonly by: ActiveRule
}

type Visit = (unit: unknown) => void

/**
 * Shows a deployment to the rules, change by change.
 *
 * Rules of other dialects stay out of it.
 *
 * @param all - every rule there is, on or off: what a rule speaks for is its own
 * @param smallTables - tables as messages name them, or globs, whose growth does not matter
 * @param fail - is told what a rule fails on, and the others go on; without it the error is thrown
 */
export function runRules(
  engine: Engine,
  deployment: DeploymentUnit,
  active: readonly ActiveRule[],
  all: readonly MigrationRule[],
  smallTables: readonly string[],
  fail?: (failure: Failure) => void,
): readonly RuleReport[] {
  const reports: RuleReport[] = []
  const locks = new LockLedger()
  const isSmall = tableMatcher(smallTables)
  const costs = new WeakMap<Change, Effects>()
  const effects = (change: Change) => {
    let cost = costs.get(change)
    if (cost === undefined) {
      cost = engine.effects(change, deployment.session)
      costs.set(change, cost)
    }
    return cost
  }
  const dialect = dialectOf(engine.dialect)
  const coverage = coverageOf(all, dialect.base)
  const own = active.filter(({ rule }) => judges(rule, dialect))
  const visitors = own.map((by): Visitors => {
    const context: RuleContext = {
      dialect,
      options: by.options,
      deployment,
      effects,
      heldLocks: locks,
      isSmall: (table) => isSmall(displayName(table)),
      isCovered: (change, aspect) => coverage.covers(change, aspect),
      report: (report) => reports.push({ ...report, by }),
    }
    return by.rule.create(context)
  })
  const listeners = listenersOf(visitors)
  const attempt = (unit: unknown, act: () => void) => {
    try {
      act()
    } catch (error) {
      if (fail === undefined) throw error
      fail(failureAt(unit, deployment, error))
    }
  }
  const tell = (event: string, unit: unknown) => {
    for (const listen of listeners.get(event) ?? []) attempt(unit, () => listen(unit))
  }
  const visit = (change: Change) => {
    locks.enter(change)
    tell('Change', change)
    tell(change.kind satisfies ChangeKind, change)
    attempt(change, () => locks.leave(change, effects(change)))
  }
  walk(deployment, tell, visit)
  return withoutMoot(reports, effects, engine.dialect)
}

/**
 * What never gets so far as to run neither blocks anybody nor meets a row: where one rule says that a
 * statement always fails, what others say of its work is left out.
 */
function withoutMoot(
  reports: readonly RuleReport[],
  effects: (change: Change) => Effects,
  dialect: DialectName,
): readonly RuleReport[] {
  const categoryOf = ({ by, messageId }: RuleReport) =>
    messageOf(by.rule, dialect, messageId).category
  const failing = new Set(
    reports
      .filter(({ on }) => effects(on).errors.some(({ when }) => when === 'always'))
      .filter((report) => categoryOf(report) === 'cannot-run')
      .map(({ on }) => on),
  )
  return reports.filter(
    (report) =>
      !failing.has(report.on) || !['blocks-traffic', 'fails-on-rows'].includes(categoryOf(report)),
  )
}

/** Where a rule was when it failed; the first migration stands for the whole deployment. */
function failureAt(unit: unknown, { migrations }: DeploymentUnit, error: unknown): Failure {
  const change = unit as Partial<Change>
  if (change.origin) {
    const { file, migration } = change.origin
    return { file, migration, range: rangeOf(change.origin), error }
  }
  const named = unit as Partial<MigrationUnit & Statement>
  const { name, file } =
    migrations.find((one) => one.name === (named.migration ?? named.name)) ?? migrations[0]!
  return { file, migration: name, range: null, error }
}

/** Whether a rule judges the SQL of a dialect. */
export function judges({ meta: { dialects } }: MigrationRule, { base }: Dialect): boolean {
  return dialects === 'all' || dialects.includes(base)
}

/** Who listens to what; most rules listen to a kind or two. */
function listenersOf(visitors: readonly Visitors[]): ReadonlyMap<string, readonly Visit[]> {
  const listeners = new Map<string, Visit[]>()
  for (const visitor of visitors) {
    for (const [event, visit] of Object.entries(visitor)) {
      const others = listeners.get(event)
      if (others) others.push(visit as Visit)
      else listeners.set(event, [visit as Visit])
    }
  }
  return listeners
}

/** Folded changes come with the statement of the last of their parts. */
function walk(
  deployment: DeploymentUnit,
  tell: (event: string, unit: unknown) => void,
  visit: (change: Change) => void,
): void {
  const byStatement = new Map<number, Change[]>()
  for (const change of deployment.changes) {
    const statement = (change.folded.at(-1) ?? change).origin.statement
    const others = byStatement.get(statement)
    if (others) others.push(change)
    else byStatement.set(statement, [change])
  }
  tell('Deployment', deployment)
  for (const migration of deployment.migrations satisfies readonly MigrationUnit[]) {
    tell('Migration', migration)
    for (const statement of migration.statements satisfies readonly Statement[]) {
      const changes = byStatement.get(statement.index) ?? []
      tell('Statement', statement)
      for (const change of changes) visit(change)
      for (const change of changes) tell(`${change.kind}:exit`, change)
      tell('Statement:exit', statement)
    }
    tell('Migration:exit', migration)
  }
  tell('Deployment:exit', deployment)
}
