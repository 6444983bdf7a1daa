import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { schemaRules } from '../../rules/schema/index.ts'
import { docsDrift } from '../../src/report/docsFolder.ts'

test('docs/rules says what the rules say (npm run docs writes it)', () => {
  const folder = join(import.meta.dirname, '../../docs/rules')
  expect(docsDrift(rules, folder, schemaRules)).toEqual([])
})
