import { describe, expect, test } from 'vitest'
import { migrationRules } from '../../rules/index.ts'
import { addForeignKey } from '../../rules/migration/addForeignKey.ts'
import { createIndex } from '../../rules/migration/createIndex.ts'
import { setNotNull } from '../../rules/migration/setNotNull.ts'
import type { Change } from '../../src/catalog/change.ts'
import type { Category } from '../../src/finding/finding.ts'
import { reviewDeployment } from '../../src/lint/judge.ts'
import type { Example, MigrationRule } from '../../src/lint/rule.ts'
import { activeRules } from '../../src/lint/settings.ts'
import { deploy, engine, replay } from '../dialects/postgres/effects/model.ts'
import { examples, filesOf, sessionOf } from './examples.ts'

/** The rules that say what no rule of its own says. */
const NETS: ReadonlySet<string> = new Set(['long-work-under-lock', 'fails-when-run'])

/** What nets say, too. */
const OF_NETS: ReadonlySet<Category> = new Set(['blocks-traffic', 'fails-on-rows', 'cannot-run'])

/** The changes of which a rule of its own and a net say the same, as `rule + net: kind`. */
function saidTwice(example: Example, rules: readonly MigrationRule[]): readonly string[] {
  const session = sessionOf(example)
  const replayed = replay(session, deploy(session, [example.schema]), filesOf(example))
  const active = activeRules(rules, {})
  const judgement = {
    engine,
    session,
    rules,
    active,
    acknowledged: [],
    smallTables: [],
    project: '',
  }
  const said = new Map<Change, { readonly rule: string; readonly category: Category }[]>()
  for (const { report } of reviewDeployment(judgement, replayed, replayed.after).reports) {
    const { rule } = report.by
    const category = rule.meta.messages[report.messageId]?.category ?? rule.meta.docs.category
    if (rule.meta.type === 'suggestion' || !OF_NETS.has(category)) continue
    said.set(report.on, [...(said.get(report.on) ?? []), { rule: rule.name, category }])
  }
  return [...said].flatMap(([{ kind }, all]) => {
    const own = all.filter(({ rule }) => !NETS.has(rule))
    const nets = all.filter(({ rule }) => NETS.has(rule))
    return own.flatMap(({ rule }) => nets.map((net) => `${rule} + ${net.rule}: ${kind}`))
  })
}

describe('what a rule of its own says, no net says again', () => {
  test.for(examples)('$rule, $kind: $example.name', ({ example }) => {
    expect(saidTwice(example, migrationRules)).toEqual([])
  })

  test.for([addForeignKey, createIndex, setNotNull])(
    '$name would fail this if it forgot what it covers',
    (rule) => {
      const forgetful = { ...rule, meta: { ...rule.meta, covers: {} } }
      const rules = migrationRules.map((other) => (other === rule ? forgetful : other))
      const bad = rule.meta.docs.examples.bad.flatMap((example) => saidTwice(example, rules))
      expect(bad).not.toEqual([])
    },
  )
})
