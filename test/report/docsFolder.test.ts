import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { docsDrift } from '../../src/report/docsFolder.ts'

test('docs/rules says what the rules say (npm run docs writes it)', () => {
  expect(docsDrift(rules, join(import.meta.dirname, '../../docs/rules'))).toEqual([])
})
