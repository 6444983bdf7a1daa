import { fill } from '../finding/message.ts'
import { ProblemError } from '../finding/problem.ts'
import type { Config } from '../config/config.ts'
import { type NamedRule, rulesOfPlugins } from '../config/plugins.ts'
import type { OptionsSchema } from '../config/optionsSchema.ts'
import type { DialectName } from '../dialects/names.ts'
import type { Category, Severity } from '../finding/finding.ts'
import type { MigrationRule, RuleContext, RuleMessage, Visitors } from './rule.ts'

/** A rule on SQL that a configuration brings along: a rule of ours with less to say about itself. */
export interface PluginRule {
  readonly meta: {
    readonly severity: Severity
    readonly docs: {
      /** One line. */
      readonly description: string
      readonly category: Category
      /** What goes wrong, for whom, for how long: for `explain`. */
      readonly why?: string
      readonly instead?: string
      /** Where it is explained on the web. */
      readonly url?: string
    }
    /** Message templates: `{{name}}` is filled from the report's data, `{{object}}` is known. */
    readonly messages: Readonly<Record<string, RuleMessage>>
    readonly options?: OptionsSchema
    /** Whose SQL it judges: default `all`. */
    readonly dialects?: 'all' | readonly DialectName[]
    readonly type?: 'problem' | 'suggestion'
  }
  readonly create: (context: RuleContext) => Visitors
}

/** Rules that a configuration brings along; the key of a rule is its name. */
export interface Plugin {
  readonly rules: Readonly<Record<string, PluginRule>>
}

/** The rules of a configuration's plugins, as a run takes them. */
export function pluginRules({ plugins }: Config): readonly MigrationRule[] {
  return rulesOfPlugins(plugins).map((named) => toRule(named as NamedRule & PluginRule))
}

function toRule({ name, meta, create }: PluginRule & { readonly name: string }): MigrationRule {
  const { docs } = meta
  return {
    name,
    meta: {
      type: 'problem',
      dialects: 'all',
      ...meta,
      docs: { why: '', instead: '', ...docs, examples: { bad: [], good: [] } },
    },
    create(context) {
      const checked = withCheckedReports(meta.messages, context)
      const visitors = attempt(name, null, () => create(checked))
      return guarded(name, visitors)
    },
  }
}

/** What a plugin fails on is said as the plugin's, and the other rules go on. */
function guarded(name: string, visitors: Visitors): Visitors {
  return Object.fromEntries(
    Object.entries(visitors as Record<string, (unit: unknown) => void>).map(([key, visit]) => [
      key,
      (unit: unknown) => attempt(name, fileOf(unit), () => visit(unit)),
    ]),
  )
}

function attempt<T>(name: string, file: string | null, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n')
    throw new ProblemError({
      message: `the rule ${name} failed${file === null ? '' : ` at ${file}`}: ${reason}`,
      file,
      help: 'Correct it in the plugin, or switch it off in the configuration.',
    })
  }
}

/** A report that no message can be made of is told where it is made. */
function withCheckedReports(
  messages: Readonly<Record<string, RuleMessage>>,
  context: RuleContext,
): RuleContext {
  return {
    ...context,
    report(report) {
      const message = messages[report.messageId]
      if (message === undefined) throw new Error(`there is no message "${report.messageId}"`)
      const data = { object: report.object, ...report.data }
      fill(message.message, data)
      fill(message.help, data)
      context.report(report)
    },
  }
}

function fileOf(unit: unknown): string | null {
  const { file, origin } = unit as { file?: string; origin?: { file?: string } }
  return file ?? origin?.file ?? null
}
