import { expect, test } from 'vitest'
import type { RuleSetting } from '../../src/config/config.ts'
import { activeRules } from '../../src/lint/settings.ts'
import { dropRule, judged, testRule, told } from './judged.ts'

const rule = dropRule('r')
const active = (setting: RuleSetting | undefined) =>
  activeRules([rule], setting === undefined ? {} : { rules: { r: setting } })

test.each<[RuleSetting | undefined, ReturnType<typeof active>]>([
  [undefined, [{ rule, severity: null, options: {} }]],
  ['warn', [{ rule, severity: 'warn', options: {} }]],
  ['error', [{ rule, severity: 'error', options: {} }]],
  [['warn', { rows: 5 }], [{ rule, severity: 'warn', options: { rows: 5 } }]],
  ['off', []],
  [['off', { rows: 5 }], []],
])('a rule set to %j', (setting, expected) => {
  expect(active(setting)).toEqual(expected)
})

test('the preset strict turns rules on, and gives some options', () => {
  const off = { ...rule, meta: { ...rule.meta, preset: 'strict' as const } }
  const stricter = { ...rule, meta: { ...rule.meta, strict: { rows: 5 } } }
  expect(activeRules([off], {})).toEqual([])
  expect(activeRules([off], { preset: 'strict' })).toHaveLength(1)
  expect(activeRules([off], { rules: { r: 'warn' } })).toHaveLength(1)
  expect(activeRules([stricter], {})[0]?.options).toEqual({})
  expect(activeRules([stricter], { preset: 'strict' })[0]?.options).toEqual({ rows: 5 })
})

test('a setting concerns no other rule', () => {
  const findings = judged('ALTER TABLE t DROP a;', {
    rules: [rule, dropRule('other')],
    config: { rules: { r: 'off' } },
  })
  expect(told(findings)).toEqual(['other: a'])
})

test('options reach the rule', () => {
  const seen: unknown[] = []
  const watcher = testRule('watcher', (context) => {
    seen.push(context.options)
    return {}
  })
  judged('SELECT 1;', { rules: [watcher], config: { rules: { watcher: ['error', { rows: 5 }] } } })
  expect(seen).toEqual([{ rows: 5 }])
})
