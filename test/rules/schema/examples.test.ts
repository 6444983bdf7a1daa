import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { describe, expect, test } from 'vitest'
import { schemaRules } from '../../../rules/schema/index.ts'

const names = Object.keys(schemaRules)
const examples = Object.entries(schemaRules).flatMap(([rule, { meta }]) =>
  (['bad', 'good'] as const).flatMap((kind) =>
    meta.docs.examples[kind].map((example) => ({ rule, kind, example })),
  ),
)

function reported(code: string, rules: Linter.RulesRecord): string[] {
  const config = { plugins: { own: { rules: schemaRules } }, languageOptions: { parser }, rules }
  const messages = new Linter().verify(code, [{ files: ['**'], ...config }], 'schema.ts')
  expect(messages.filter(({ fatal }) => fatal)).toEqual([])
  return messages.map(({ ruleId }) => ruleId?.replace('own/', '') ?? 'fatal')
}

describe('an example of a rule on schema files', () => {
  test.for(names)('%s has one that is bad and one that is good', (name) => {
    const kinds = examples.filter(({ rule }) => rule === name).map(({ kind }) => kind)
    expect([...new Set(kinds)].sort()).toEqual(['bad', 'good'])
  })

  test.for(examples.filter(({ kind }) => kind === 'bad'))(
    'that is bad is reported: $rule, $example.name',
    ({ rule, example: { code, options = [] } }) => {
      expect(reported(code, { [`own/${rule}`]: ['error', ...options] })).toContain(rule)
    },
  )

  test.for(examples.filter(({ kind }) => kind === 'good'))(
    'that is good passes every recommended rule: $rule, $example.name',
    ({ rule, example: { code, options = [] } }) => {
      const recommended = Object.entries(schemaRules)
        .filter(([, { meta }]) => meta.docs.recommended === true)
        .map(([name]) => [`own/${name}`, 'error'] as const)
      const own = [`own/${rule}`, ['error', ...options]] as const
      expect(reported(code, Object.fromEntries([...recommended, own]))).toEqual([])
    },
  )
})
