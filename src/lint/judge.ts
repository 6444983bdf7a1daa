import { type Catalog, startDeployment, startTransaction } from '../catalog/catalog.ts'
import type { Acknowledgement } from '../config/config.ts'
import type { Session } from '../effects/effects.ts'
import { acknowledgementOf } from './acknowledgements.ts'
import { complaints } from './directiveFindings.ts'
import type { Engine, MigrationSource } from './engine.ts'
import type { Finding, Severity } from './finding.ts'
import { fill } from './message.ts'
import type { DeploymentUnit, MigrationRule, MigrationUnit } from './rule.ts'
import { type RuleReport, runRules } from './runRules.ts'
import type { ActiveRule } from './settings.ts'
import { type PlacedDirective, placeDirectives, suppressionOf } from './suppressions.ts'

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
  readonly project: string
}

export interface JudgedDeployment {
  readonly findings: readonly Finding[]
  readonly statements: number
  readonly unmodelled: number
}

/** Migrations that are deployed together, replayed but not yet judged. */
export interface ReplayedDeployment extends Omit<DeploymentUnit, 'known'> {
  readonly sources: readonly MigrationSource[]
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
  const { engine, active, rules, smallTables } = judgement
  const { migrations, sources } = replayed
  const reports = runRules(engine, { ...replayed, known }, active, rules, smallTables)
  const directives = migrations.flatMap((migration, position) =>
    placeDirectives(
      migration,
      engine.directives(sources[position]?.text ?? ''),
      (change) => engine.locate(change.origin, undefined).start,
    ),
  )
  const used = new Map<PlacedDirective, Set<string>>()
  const findings = reports.map((report) => {
    const directive = suppressionOf(report, directives)
    if (directive) {
      used.set(directive, (used.get(directive) ?? new Set()).add(report.by.rule.name))
    }
    return toFinding(judgement, report, directive)
  })
  const statements = migrations.flatMap((migration) => migration.statements)
  const unmodelled = statements.filter(({ changes }) =>
    changes.some((change) => change.kind === 'Unmodelled'),
  )
  return {
    findings: [...findings, ...directiveFindings(judgement, directives, used)],
    statements: statements.length,
    unmodelled: unmodelled.length,
  }
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
  for (const migration of pending) {
    if (session.transaction === 'migration') catalog = startTransaction(catalog, true)
    const replay = engine.replay(catalog, migration, count, autocommit)
    catalog = replay.catalog
    count += replay.statements.length
    migrations.push({
      name: migration.name,
      file: migration.file,
      statements: replay.statements.map((statement) => ({
        ...statement,
        migration: migration.name,
      })),
    })
  }
  const changes = migrations.flatMap(({ statements }) =>
    statements.flatMap((statement) => statement.changes),
  )
  return { migrations, changes: engine.fold(changes), before, after: catalog, session, sources: pending }
}

function toFinding(
  { engine, acknowledged, project }: Judgement,
  report: RuleReport,
  directive: PlacedDirective | undefined,
): Finding {
  const { rule, severity } = report.by
  const template = rule.meta.messages[report.messageId]
  if (template === undefined) throw new Error(`${rule.name} has no message "${report.messageId}"`)
  const data = { object: report.object, ...report.data }
  const { origin } = report.on
  const finding: Finding = {
    rule: rule.name,
    severity: severity ?? report.severity ?? template.severity ?? rule.meta.severity,
    category: template.category ?? rule.meta.docs.category,
    project,
    migration: origin.migration,
    object: report.object,
    file: origin.file,
    range: engine.locate(origin, report.part),
    message: fill(template.message, data),
    help: fill(template.help, data),
  }
  const reason = directive?.reason ?? acknowledgementOf(finding, acknowledged)?.reason
  return reason === undefined ? finding : { ...finding, suppressed: { reason } }
}

function directiveFindings(
  { rules, active, project }: Judgement,
  directives: readonly PlacedDirective[],
  used: ReadonlyMap<PlacedDirective, ReadonlySet<string>>,
): readonly Finding[] {
  if (directives.length === 0) return []
  const setting = active.find(({ rule }) => rule.name === 'suppression')
  if (setting === undefined) return []
  const ran = new Set(active.map(({ rule }) => rule.name))
  const known = new Set(rules.map(({ name }) => name))
  const { messages } = setting.rule.meta
  return complaints(directives, used, ran, known, messages).map(({ directive, message, data }) => ({
    rule: setting.rule.name,
    severity: (setting.severity ?? message.severity ?? 'error') satisfies Severity,
    category: setting.rule.meta.docs.category,
    project,
    migration: directive.migration.name,
    object: null,
    file: directive.migration.file,
    range: { start: directive.start, end: directive.end },
    message: fill(message.message, data),
    help: fill(message.help, data),
  }))
}
