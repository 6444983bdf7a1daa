import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hazards } from '../../rules/hazards.ts'
import { migrationRules, rules } from '../../rules/index.ts'
import { renderHazards } from '../../src/report/hazardDocs.ts'

test('docs/hazards.md says what is decided (npm run docs writes it)', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/hazards.md'), 'utf8')
  expect(page).toBe(renderHazards(hazards, rules))
})

test('every hazard is decided, with a rule or a reason', () => {
  const numbers = Array.from({ length: 103 }, (_, i) => `H${String(i + 1).padStart(2, '0')}`)
  expect(hazards.map(([id]) => id)).toEqual(numbers)
  const open = hazards.filter(([, , names, why = '']) => names.length === 0 && why === '')
  expect(open).toEqual([])
})

test("every rule that judges PostgreSQL's SQL answers for a hazard, or is about the SQL as such", () => {
  const named = new Set(hazards.flatMap(([, , names]) => names))
  const judging = migrationRules.filter(({ meta }) => meta.dialects.includes('postgresql'))
  const others = judging.map(({ name }) => name).filter((name) => !named.has(name))
  expect(others).toEqual(['drop-view', 'unparsed'])
})

test('a rule that there is not is no decision', () => {
  expect(() => renderHazards([['H01', 'a', ['no-such-rule']]], rules)).toThrow('no-such-rule')
})
