import { describe, expect, test } from 'vitest'
import { migrationRules as rules } from '../../rules/index.ts'
import { deploy, replay } from '../dialects/postgres/effects/model.ts'
import { type DocumentedExample, examples, filesOf, sessionOf } from './examples.ts'
import { lint, turningOn } from './linted.ts'

/** By all rules that run by themselves, and the one whose example it is. */
function reported({ example, rule }: DocumentedExample): readonly string[] {
  const session = sessionOf(example)
  const before = deploy(session, [example.schema])
  return lint(session, before, filesOf(example), turningOn(rule))
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ rule, message }) => `${rule}: ${message}`)
}

describe('an example of a rule', () => {
  const judging = rules.filter(
    ({ meta: { dialects } }) => dialects === 'all' || dialects.includes('postgresql'),
  )

  test.for(judging.map(({ name }) => name))(
    '%s has one that is bad and one that is good',
    (name) => {
      const kinds = examples.filter(({ rule }) => rule === name).map(({ kind }) => kind)
      expect([...new Set(kinds)].sort()).toEqual(['bad', 'good'])
    },
  )

  test.for(examples.filter(({ kind }) => kind === 'bad'))(
    'that is bad is reported: $rule, $example.name',
    (documented) => {
      expect(reported(documented)).toContainEqual(expect.stringMatching(`^${documented.rule}: `))
    },
  )

  test.for(examples.filter(({ kind }) => kind === 'good'))(
    'that is good passes every rule: $rule, $example.name',
    (documented) => {
      expect(reported(documented)).toEqual([])
    },
  )

  test.for(examples.filter(({ rule, kind }) => rule !== 'unparsed' || kind === 'good'))(
    'is SQL that is understood: $rule, $example.name',
    ({ example }) => {
      const session = sessionOf(example)
      const before = replay(session, deploy(session, []), [example.schema])
      const { changes } = replay(session, before.after, filesOf(example))
      const kinds = [...before.changes, ...changes].map(({ kind }) => kind)
      expect(kinds).not.toContain('UnparsedSql')
      expect(kinds).not.toContain('Unmodelled')
    },
  )
})
