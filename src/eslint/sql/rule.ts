import type { Rule } from 'eslint'
import { rangeOf } from '../../catalog/change.ts'
import type { Range } from '../../finding/finding.ts'
import type { OptionsSchema } from '../../config/optionsSchema.ts'
import type { MigrationRule } from '../../lint/rule.ts'
import { ruleUrl } from '../../report/ruleUrl.ts'
import { Pass } from './pass.ts'
import { MigrationSourceCode } from './sourceCode.ts'

/** The language that the rules on SQL are for. */
export const SQL_LANGUAGE = 'migration-lint/postgresql'

/**
 * A rule that judges SQL, as a rule of ESLint: what it reports, and where, is the same.
 *
 * @param rules - every rule that judges SQL, for suppressions that name one
 */
export function eslintRule(rule: MigrationRule, rules: readonly MigrationRule[]): Rule.RuleModule {
  const { type, docs, messages, options = {} } = rule.meta
  const texts = Object.entries(messages).map(([id, { message, help }]) => [
    id,
    `${message} ${help}`,
  ])
  const meta = {
    type,
    docs: { description: docs.description, url: ruleUrl(rule.name), recommended: true },
    messages: Object.fromEntries(texts) as Record<string, string>,
    schema: schemaOf(options),
    defaultOptions: Object.keys(options).length > 0 ? [{}] : [],
    languages: [SQL_LANGUAGE],
  }
  return { meta, create: (context) => visitors(rule, rules, context) }
}

function visitors(
  rule: MigrationRule,
  rules: readonly MigrationRule[],
  context: Rule.RuleContext,
): Rule.RuleListener {
  const sourceCode: unknown = context.sourceCode
  // Before 10.2 ESLint does not keep a rule from files in another language.
  if (!(sourceCode instanceof MigrationSourceCode)) return {}
  const [options = {}] = context.options as [Record<string, unknown>?]
  const by = { rule, severity: null, options }
  const pass = Pass.join(sourceCode, by, rules)
  const report = (range: Range, messageId: string, data: Record<string, string | number>) => {
    const texts = Object.entries(data).map(([key, value]) => [key, String(value)])
    const loc = sourceCode.locate(range)
    context.report({ loc, messageId, data: Object.fromEntries(texts) as Record<string, string> })
  }
  return {
    Migration() {
      const { reports, complaints } = pass.review()
      for (const { report: found, suppressed } of reports) {
        if (found.by !== by || suppressed !== undefined) continue
        const range = rangeOf(found.on.origin, found.part)
        report(range, found.messageId, { object: found.object, ...found.data })
      }
      for (const complaint of complaints) {
        if (complaint.by === by) report(complaint.directive, complaint.messageId, complaint.data)
      }
    },
  }
}

function schemaOf(options: OptionsSchema): Rule.RuleMetaData['schema'] {
  if (Object.keys(options).length === 0) return []
  const properties = Object.entries(options).map(([name, { type, description }]) => [
    name,
    type === 'string[]'
      ? { type: 'array', items: { type: 'string' }, description }
      : { type, description },
  ])
  const shape = { type: 'object' as const, properties: Object.fromEntries(properties) }
  return [{ ...shape, additionalProperties: false }]
}
