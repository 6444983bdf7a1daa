import { type Catalog, startDeployment, startTransaction } from '../catalog/catalog.ts'
import { rangeOf } from '../catalog/change.ts'
import type { Acknowledgement } from '../config/config.ts'
import type { Session } from '../dialects/effects.ts'
import { acknowledgementOf } from './acknowledgements.ts'
import { type DirectiveComplaint, complaints } from './directiveFindings.ts'
import type { Engine, Failure, MigrationSource, Replay } from '../dialects/dialect.ts'
import { displayName } from '../catalog/names.ts'
import type { Category, Finding } from '../finding/finding.ts'
import { type TableSize, sizeInWords } from '../finding/tableSize.ts'
import { dialectOf } from '../dialects/registry.ts'
import { fill } from '../finding/message.ts'
import { mattersInDowntime } from './downtime.ts'
import type { DeploymentUnit, MigrationRule, MigrationUnit } from './rule.ts'
import { type RuleReport, judges, runRules } from './runRules.ts'
import type { ActiveRule } from './settings.ts'
import { messageOf, severityIn } from './wording.ts'
import { type PlacedDirective, Suppressions, placeDirectives } from './suppressions.ts'

/** How a deployment is judged: what holds for every one of a project. */
export interface Judgement {
  readonly engine: Engine
  readonly session: Session
  /** Every rule there is. */
  readonly rules: readonly MigrationRule[]
  /** Those that run. */
  readonly active: readonly ActiveRule[]
  readonly acknowledged: readonly Acknowledgement[]
  readonly smallTables: readonly string[]
  /** How large production's tables are, by the name that messages show, as far as that is known. */
  readonly sizes?: ReadonlyMap<string, TableSize>
  /** Whether nobody uses the database while migrations run, and no old code runs beside new. */
  readonly downtime?: boolean
  readonly project: string
}

export interface JudgedDeployment {
  readonly findings: readonly Finding[]
  readonly statements: number
  readonly unmodelled: number
  /** What the tool itself failed on. */
  readonly failures: readonly Failure[]
}

/** Migrations that are deployed together, replayed but not yet judged. */
export interface ReplayedDeployment extends Omit<DeploymentUnit, 'known'> {
  readonly sources: readonly MigrationSource[]
  /** What the tool itself failed on. */
  readonly failures: readonly Failure[]
}

/** What the rules report on a deployment, and what silences it. */
export interface Review {
  readonly reports: readonly ReviewedReport[]
  /** What is wrong with the directives themselves. */
  readonly complaints: readonly ReviewedComplaint[]
  /** What a rule failed on. */
  readonly failures: readonly Failure[]
}

export interface ReviewedComplaint extends DirectiveComplaint {
  readonly by: ActiveRule
}

export interface ReviewedReport {
  readonly report: RuleReport
  /** By the directive or acknowledgement that silences it. */
  readonly suppressed: Finding['suppressed']
}

/**
 * Judges migrations that are deployed together.
 *
 * @param known - the end of all that is known, where that is later than these migrations
 */
export function judgeDeployment(
  judgement: Judgement,
  replayed: ReplayedDeployment,
  known: Catalog = replayed.after,
): JudgedDeployment {
  const { reports, complaints, failures } = reviewDeployment(judgement, replayed, known)
  const statements = replayed.migrations.flatMap((migration) => migration.statements)
  const unmodelled = statements.filter(({ changes }) =>
    changes.some(({ kind }) => kind === 'Unmodelled' || kind === 'OpaqueSql'),
  )
  return {
    findings: [
      ...reports.map((report) => toFinding(judgement, report)),
      ...complaints.map((complaint) => directiveFinding(judgement, complaint)),
    ],
    statements: statements.length,
    unmodelled: unmodelled.length,
    failures: [...replayed.failures, ...failures],
  }
}

/** What `judgeDeployment` makes findings of. */
export function reviewDeployment(
  judgement: Judgement,
  replayed: ReplayedDeployment,
  known: Catalog,
): Review {
  const { engine, session, active, rules, smallTables, acknowledged, downtime } = judgement
  const { migrations, sources } = replayed
  const failures: Failure[] = []
  const deployment = { ...replayed, known }
  const reports = runRules(engine, deployment, active, rules, smallTables, (failure) =>
    failures.push(failure),
  )
  const directives = migrations.flatMap((migration, position) =>
    placeDirectives(migration, engine.directives(sources[position]?.text ?? '')),
  )
  const suppressions = new Suppressions(directives)
  const used = new Map<PlacedDirective, Set<string>>()
  const reviewed = reports.map((report): ReviewedReport => {
    const directive = suppressions.of(report)
    const rule = report.by.rule.name
    if (directive) used.set(directive, (used.get(directive) ?? new Set()).add(rule))
    const about = { rule, migration: report.on.origin.migration, object: report.object }
    if (directive) return { report, suppressed: { reason: directive.reason, inSource: true } }
    const reason = acknowledgementOf(about, acknowledged)?.reason
    return { report, suppressed: reason === undefined ? undefined : { reason } }
  })
  const told = reviewed.filter(
    ({ report }) => downtime !== true || mattersInDowntime(report, engine, session),
  )
  return { reports: told, complaints: complaintsOf(judgement, directives, used), failures }
}

/**
 * Runs migrations on a catalog, in the transactions in which the migrator would run them.
 *
 * @param deployed - what production has
 * @param pending - in the order in which the migrator runs them
 */
export function replayDeployment(
  { engine, session }: Pick<Judgement, 'engine' | 'session'>,
  deployed: Catalog,
  pending: readonly MigrationSource[],
): ReplayedDeployment {
  const autocommit = session.transaction === 'none'
  const before = startTransaction(startDeployment(deployed), !autocommit)
  let catalog = before
  let count = 0
  const migrations: MigrationUnit[] = []
  const failures: Failure[] = []
  for (const migration of pending) {
    if (session.transaction === 'migration') catalog = startTransaction(catalog, true)
    const replay = replayOrFail(engine, catalog, migration, count, autocommit)
    catalog = replay.catalog
    failures.push(...(replay.failures ?? []))
    count += replay.statements.length
    migrations.push({
      name: migration.name,
      file: migration.file,
      text: migration.text,
      statements: replay.statements.map((statement) => ({
        ...statement,
        migration: migration.name,
      })),
    })
  }
  const changes = migrations.flatMap(({ statements }) =>
    statements.flatMap((statement) => statement.changes),
  )
  return {
    migrations,
    changes: engine.fold(changes),
    before,
    after: catalog,
    session,
    sources: pending,
    failures,
  }
}

/** A migration of which nothing is known, where the tool fails on all of it. */
function replayOrFail(
  engine: Engine,
  catalog: Catalog,
  migration: MigrationSource,
  first: number,
  autocommit: boolean,
): Replay {
  try {
    return engine.replay(catalog, migration, first, autocommit)
  } catch (error) {
    const { file, name } = migration
    const failures = [{ file, migration: name, range: null, error }]
    return { catalog: { ...catalog, blind: true }, statements: [], failures }
  }
}

/** ` orders: about 40 million rows, 11 GB.`, where that makes the difference and is known. */
function sizeOf({ sizes }: Judgement, { on }: RuleReport, category: Category): string {
  const isLong = category === 'blocks-traffic' || category === 'fails-on-rows'
  if (!sizes || !isLong || !('table' in on) || on.table === null) return ''
  const name = displayName(on.table)
  const size = sizes.get(name)
  return size ? ` ${name}: ${sizeInWords(size)}.` : ''
}

function toFinding(judgement: Judgement, { report, suppressed }: ReviewedReport): Finding {
  const { engine, project } = judgement
  const { rule, severity } = report.by
  const template = messageOf(rule, engine.dialect, report.messageId)
  const data = { object: report.object, ...report.data }
  const { origin } = report.on
  const finding: Finding = {
    rule: rule.name,
    severity: severity ?? severityIn(rule, engine.dialect, report.messageId),
    category: template.category,
    project,
    migration: origin.migration,
    object: report.object,
    file: origin.file,
    range: rangeOf(origin, report.part),
    message: fill(template.message, data) + sizeOf(judgement, report, template.category),
    help: fill(template.help, data),
    ...(report.fix && { fix: report.fix }),
    ...(report.suggestions?.length && { suggestions: report.suggestions }),
  }
  return suppressed === undefined ? finding : { ...finding, suppressed }
}

function complaintsOf(
  { engine, rules, active }: Judgement,
  directives: readonly PlacedDirective[],
  used: ReadonlyMap<PlacedDirective, ReadonlySet<string>>,
): Review['complaints'] {
  const by = active.find(({ rule }) => rule.name === 'suppression')
  if (directives.length === 0 || by === undefined) return []
  const dialect = dialectOf(engine.dialect)
  const own = active.filter(({ rule }) => judges(rule, dialect))
  const ran = new Set(own.map(({ rule }) => rule.name))
  const known = new Set(rules.map(({ name }) => name))
  const list = complaints(directives, used, ran, known, by.rule.meta.messages)
  return list.map((complaint) => ({ ...complaint, by }))
}

function directiveFinding(
  { project }: Judgement,
  { directive, message, data, by }: ReviewedComplaint,
): Finding {
  const { rule, severity } = by
  return {
    rule: rule.name,
    severity: severity ?? message.severity ?? 'error',
    category: rule.meta.docs.category,
    project,
    migration: directive.migration.name,
    object: null,
    file: directive.migration.file,
    range: { start: directive.start, end: directive.end },
    message: fill(message.message, data),
    help: fill(message.help, data),
  }
}
