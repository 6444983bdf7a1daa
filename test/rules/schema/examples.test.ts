import { rmSync } from 'node:fs'
import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { afterAll, describe, expect, test } from 'vitest'
import { schemaRules } from '../../../rules/schema/index.ts'
import type { SchemaExample } from '../../../src/lint/schemaRule.ts'
import { project, writeFiles } from '../../check/projects.ts'
import { createFolder, openRepository } from '../../git/repository.ts'

const names = Object.keys(schemaRules)
const examples = Object.entries(schemaRules).flatMap(([rule, { meta }]) =>
  (['bad', 'good'] as const).flatMap((kind) =>
    meta.docs.examples[kind].map((example) => ({ rule, kind, example })),
  ),
)

const folder = createFolder()
afterAll(() => openRepository(folder).remove())

/** Migrations stand beside the schema, where a drizzle config says. */
function folderWith(migrations: string | undefined): string {
  rmSync(join(folder, 'drizzle'), { recursive: true, force: true })
  if (migrations !== undefined) writeFiles(folder, project({ '0000_users': migrations }))
  return folder
}

function reported({ code, migrations }: SchemaExample, rules: Linter.RulesRecord): string[] {
  const cwd = folderWith(migrations)
  const config = { plugins: { own: { rules: schemaRules } }, languageOptions: { parser }, rules }
  const filename = join(cwd, 'schema.ts')
  const messages = new Linter({ cwd }).verify(code, [{ files: ['**'], ...config }], { filename })
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
    ({ rule, example }) => {
      const { options = [] } = example
      expect(reported(example, { [`own/${rule}`]: ['error', ...options] })).toContain(rule)
    },
  )

  test.for(examples.filter(({ kind }) => kind === 'good'))(
    'that is good passes every recommended rule: $rule, $example.name',
    ({ rule, example }) => {
      const { options = [] } = example
      const recommended = Object.entries(schemaRules)
        .filter(([, { meta }]) => meta.docs.recommended === true)
        .map(([name]) => [`own/${name}`, 'error'] as const)
      const own = [`own/${rule}`, ['error', ...options]] as const
      expect(reported(example, Object.fromEntries([...recommended, own]))).toEqual([])
    },
  )
})
