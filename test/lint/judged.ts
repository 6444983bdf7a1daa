import type { Config } from '../../src/config/config.ts'
import type { Session } from '../../src/dialects/effects.ts'
import { EMPTY_CATALOG } from '../../src/catalog/catalog.ts'
import type { Finding } from '../../src/finding/finding.ts'
import { type Judgement, judgeDeployment, replayDeployment } from '../../src/lint/judge.ts'
import {
  type MigrationRule,
  type RuleContext,
  type MigrationRuleMeta,
  type Visitors,
  defineRule,
} from '../../src/lint/rule.ts'
import { activeRules } from '../../src/lint/settings.ts'
import { engine } from '../dialects/postgres/sql/replayed.ts'

/** A rule made for a test: what it does, and what differs from a rule that says nothing special. */
export function testRule(
  name: string,
  create: (context: RuleContext) => Visitors,
  meta: Partial<MigrationRuleMeta> = {},
): MigrationRule {
  return defineRule({
    name,
    meta: {
      dialects: 'all',
      type: 'problem',
      severity: 'error',
      docs: {
        description: '',
        why: '',
        instead: '',
        category: 'data-loss',
        examples: { bad: [], good: [] },
      },
      messages: { said: { message: '{{object}} is meant.', help: 'Leave {{object}} alone.' } },
      ...meta,
    },
    create,
  })
}

/** A rule that reports every dropped column. */
export function dropRule(name = 'no-drops', meta: Partial<MigrationRuleMeta> = {}): MigrationRule {
  return testRule(
    name,
    (context) => ({
      DropColumn: (change) =>
        context.report({ on: change, part: 'column', messageId: 'said', object: change.column }),
    }),
    meta,
  )
}

interface Circumstances {
  readonly deployed?: string
  readonly rules: readonly MigrationRule[]
  readonly config?: Config
  readonly transaction?: Session['transaction']
  readonly smallTables?: readonly string[]
}

/** What rules have to say about files that are deployed together. */
export function judged(
  sql: string | readonly string[],
  {
    deployed = '',
    rules,
    config = {},
    transaction = 'deployment',
    smallTables = [],
  }: Circumstances,
): readonly Finding[] {
  const judgement: Judgement = {
    engine,
    session: { version: null, timezone: 'UTC', transaction },
    rules,
    active: activeRules(rules, config),
    acknowledged: config.acknowledged ?? [],
    smallTables,
    project: 'drizzle.config.ts',
  }
  const sources = (typeof sql === 'string' ? [sql] : sql).map((text, position) => ({
    name: `000${position}`,
    file: `drizzle/000${position}.sql`,
    text,
  }))
  const before = replayDeployment(judgement, EMPTY_CATALOG, [
    { name: 'deployed', file: 'deployed.sql', text: deployed },
  ]).after
  return judgeDeployment(judgement, replayDeployment(judgement, before, sources)).findings
}

/** The findings of one rule, each as `rule: object`. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ rule, object }) => `${rule}: ${object}`)
}
