import type { Acknowledgement } from '../config/config.ts'
import { acknowledgementOf } from './acknowledgements.ts'
import type { Finding, Range, Severity } from '../finding/finding.ts'
import { fill } from '../finding/message.ts'
import type { Rule } from './rule.ts'
import type { ActiveRule } from './settings.ts'

/** What a rule says that looks at files rather than at changes: where, and about what. */
export interface PlacedReport {
  readonly messageId: string
  readonly data?: Readonly<Record<string, string | number>>
  /** Where it is neither the rule's nor the message's. */
  readonly severity?: Severity
  /** The migration it is about; null for what concerns no single one. */
  readonly migration: string | null
  readonly object: string | null
  /** Relative to the root. */
  readonly file: string
  /** Default: the whole file. */
  readonly range?: Range | null
  /** Other places that it is as much about. */
  readonly also?: Finding['also']
}

/** A rule of the families that look at the migrations folder or at the schema as a whole. */
export interface PlacedRule<Subject> extends Rule {
  check(
    subject: Subject,
    report: (report: PlacedReport) => void,
    options: Readonly<Record<string, unknown>>,
  ): void
}

/**
 * Runs rules on what they judge.
 *
 * @param project - whose findings these are
 * @returns findings in the order of the rules; acknowledged ones are marked
 */
export function runPlacedRules<Subject>(
  active: readonly ActiveRule<PlacedRule<Subject>>[],
  subject: Subject,
  project: string,
  acknowledged: readonly Acknowledgement[],
): readonly Finding[] {
  const findings: Finding[] = []
  for (const by of active) {
    const report = (report: PlacedReport) => {
      const finding = toFinding(by, report, project)
      const reason = acknowledgementOf(finding, acknowledged)?.reason
      findings.push(reason === undefined ? finding : { ...finding, suppressed: { reason } })
    }
    by.rule.check(subject, report, by.options)
  }
  return findings
}

function toFinding(
  { rule, severity }: ActiveRule<Rule>,
  report: PlacedReport,
  project: string,
): Finding {
  const { messageId, migration, object, file, range = null, also = [] } = report
  const template = rule.meta.messages[messageId]
  if (template === undefined) throw new Error(`${rule.name} has no message "${messageId}"`)
  const data = { object: object ?? '', migration: migration ?? '', file, ...report.data }
  return {
    rule: rule.name,
    severity: severity ?? report.severity ?? template.severity ?? rule.meta.severity,
    category: template.category ?? rule.meta.docs.category,
    project,
    migration,
    object,
    file,
    range,
    ...(also.length > 0 ? { also } : {}),
    message: fill(template.message, data),
    help: fill(template.help, data),
  }
}
