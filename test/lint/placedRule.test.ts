import { describe, expect, test } from 'vitest'
import { type PlacedRule, runPlacedRules } from '../../src/lint/placedRule.ts'

const rule: PlacedRule<readonly string[]> = {
  name: 'no-gaps',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: { description: 'd', why: 'w', instead: 'i', category: 'integrity' },
    messages: { gap: { message: '{{object}} of {{migration}} is a gap', help: 'Close {{how}}.' } },
  },
  check(gaps, report) {
    for (const object of gaps) {
      report({ messageId: 'gap', object, migration: '0001_a', file: 'a.json', data: { how: 'it' } })
    }
  },
}
const active = { rule, severity: null, options: {} }

describe('a rule that looks at files', () => {
  test('has its messages filled and its findings placed', () => {
    expect(runPlacedRules([active], ['x'], 'p', [])).toEqual([
      {
        rule: 'no-gaps',
        severity: 'error',
        category: 'integrity',
        project: 'p',
        migration: '0001_a',
        object: 'x',
        file: 'a.json',
        range: null,
        message: 'x of 0001_a is a gap',
        help: 'Close it.',
      },
    ])
  })

  test('has the severity that the configuration gives it', () => {
    const findings = runPlacedRules([{ ...active, severity: 'warn' }], ['x'], 'p', [])
    expect(findings.map(({ severity }) => severity)).toEqual(['warn'])
  })

  test('can be acknowledged, for one object or for all', () => {
    const entry = { rule: 'no-gaps', migration: '0001_a', reason: 'known' }
    const acknowledged = (object?: string) =>
      runPlacedRules([active], ['x', 'y'], 'p', [{ ...entry, object }]).map((one) => one.suppressed)
    expect(acknowledged('x')).toEqual([{ reason: 'known' }, undefined])
    expect(acknowledged()).toEqual([{ reason: 'known' }, { reason: 'known' }])
  })
})
