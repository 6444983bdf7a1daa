import type { Rule } from 'eslint'
import { rangeOf } from '../../catalog/change.ts'
import type { Fix, Range, Severity } from '../../finding/finding.ts'
import type { OptionsSchema } from '../../config/optionsSchema.ts'
import { type MigrationRule, otherSeverity } from '../../lint/rule.ts'
import { dialectsLoadedSync } from '../../dialects/loadSync.ts'
import { dialectOf } from '../../dialects/registry.ts'
import { ruleUrl } from '../../report/ruleUrl.ts'
import { Pass } from './pass.ts'
import { MigrationSourceCode } from './sourceCode.ts'

/** The language that takes each file of SQL in its own dialect. */
export const SQL_LANGUAGE = 'migration-lint/sql'

/** The dialects that are languages of their own: their files are those that the configuration says. */
export const LANGUAGE_DIALECTS = [
  ...new Set(dialectsLoadedSync.map((name) => dialectOf(name).base)),
]

/** The rules of ESLint that a rule on SQL is, each with the severity it has on the command line. */
export interface EslintRule {
  readonly name: string
  /** The name that the command line's configuration has for it. */
  readonly configuredAs: string
  readonly severity: Severity
  /** See `RuleMeta.preset`. */
  readonly preset?: 'strict' | undefined
  /** See `RuleMeta.strict`. */
  readonly strict?: Readonly<Record<string, unknown>> | undefined
  readonly module: Rule.RuleModule
}

/**
 * A rule that judges SQL, as rules of ESLint: what they report, and where, is the same. In ESLint a
 * rule has one severity. One that has two on the command line gets a second rule for the other
 * (`create-index-error` beside `create-index`), which takes over what has that severity; where the
 * second is off, the first reports everything.
 *
 * @param rules - every rule that judges SQL, for suppressions that name one
 */
export function eslintRules(
  rule: MigrationRule,
  rules: readonly MigrationRule[],
): readonly EslintRule[] {
  const { severity, preset, strict } = rule.meta
  const configuredAs = rule.name
  const module = firstRule(rule, rules)
  const first = { name: rule.name, configuredAs, severity, preset, strict, module }
  const other = otherSeverity(rule.meta)
  if (other === null) return [first]
  const name = `${rule.name}-${other === 'warn' ? 'warning' : 'error'}`
  const second = secondRule(rule, other, rules)
  return [first, { name, configuredAs, severity: other, preset, module: second }]
}

function firstRule(rule: MigrationRule, rules: readonly MigrationRule[]): Rule.RuleModule {
  const { options = {} } = rule.meta
  return {
    meta: {
      ...commonMeta(rule),
      schema: schemaOf(options),
      defaultOptions: Object.keys(options).length > 0 ? [{}] : [],
    },
    create: (context) => visitors(rule, rules, context),
  }
}

/** Runs nothing itself: the first rule hands it what is its own. */
function secondRule(
  rule: MigrationRule,
  severity: Severity,
  rules: readonly MigrationRule[],
): Rule.RuleModule {
  const { docs, ...meta } = commonMeta(rule)
  const word = severity === 'warn' ? 'warning' : 'error'
  const description = `${docs.description}: what is ${severity === 'warn' ? 'a' : 'an'} ${word}`
  return {
    meta: { ...meta, docs: { ...docs, description }, schema: [] },
    create(context) {
      const sourceCode: unknown = context.sourceCode
      if (sourceCode instanceof MigrationSourceCode)
        Pass.over(sourceCode, rules).takeOver(rule, context)
      return {}
    },
  }
}

function commonMeta(rule: MigrationRule) {
  const { type, docs, messages } = rule.meta
  const worded = Object.entries(rule.meta.wording ?? {}).flatMap(([dialect, wording]) =>
    Object.entries(wording.messages ?? {}).map(([id, text]) => [idIn(dialect, id), text] as const),
  )
  const texts = [...Object.entries(messages), ...worded].map(([id, { message, help }]) => [
    id,
    `${message} ${help}`,
  ])
  return {
    type,
    docs: { description: docs.description, url: ruleUrl(rule.name), recommended: true },
    messages: Object.fromEntries(texts) as Record<string, string>,
    hasSuggestions: true,
    // A rule for another dialect is silent, so that one list of rules does for every language.
    languages: [SQL_LANGUAGE, ...LANGUAGE_DIALECTS.map((name) => `migration-lint/${name}`)],
  }
}

/** A message in the words of a dialect; a rule of ESLint has all of them. */
function idIn(dialect: string, messageId: string): string {
  return `${dialect} ${messageId}`
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
  const pass = Pass.over(sourceCode, rules)
  pass.join(by)
  const report = (
    range: Range,
    messageId: string,
    data: Record<string, string | number>,
    fixes: readonly Fix[] = [],
  ) => {
    const texts = Object.entries(data).map(([key, value]) => [key, String(value)])
    pass.contextFor(rule, messageId, context).report({
      loc: sourceCode.locate(range),
      messageId: worded(messageId),
      data: Object.fromEntries(texts) as Record<string, string>,
      suggest: fixes.filter(isHere).map((fix) => suggestion(sourceCode, fix)),
    })
  }
  const { place } = sourceCode.file
  const base = 'dialect' in place ? dialectOf(place.dialect).base : null
  const worded = (messageId: string) =>
    base !== null && rule.meta.wording?.[base]?.messages?.[messageId]
      ? idIn(base, messageId)
      : messageId
  const isHere = ({ edits }: Fix) => {
    const own = place.kind === 'listed' ? place.file : place.kind === 'alone' ? place.name : null
    return edits.every(({ file }) => file === own)
  }
  return {
    Migration() {
      const { reports, complaints } = pass.review()
      for (const { report: found, suppressed } of reports) {
        if (found.by !== by || suppressed !== undefined) continue
        const range = rangeOf(found.on.origin, found.part)
        // What `--fix` would apply is only offered: nobody has asked for it to be applied yet.
        const fixes = [...(found.fix ? [found.fix] : []), ...(found.suggestions ?? [])]
        report(range, found.messageId, { object: found.object, ...found.data }, fixes)
      }
      for (const complaint of complaints) {
        if (complaint.by === by) report(complaint.directive, complaint.messageId, complaint.data)
      }
    },
  }
}

/** ESLint edits one file: what a fix does elsewhere is left to other formats. */
function suggestion(sourceCode: MigrationSourceCode, { title, edits }: Fix) {
  return {
    desc: title,
    fix: (fixer: Rule.RuleFixer) =>
      edits.map(({ range, text }) =>
        fixer.replaceTextRange(
          [sourceCode.indexOf(range.start), sourceCode.indexOf(range.end)],
          text,
        ),
      ),
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
