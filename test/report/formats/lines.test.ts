import { expect, test } from 'vitest'
import { gcc } from '../../../src/report/formats/gcc.ts'
import { formatOptions } from '../fixtures.ts'
import { sample } from './sample.ts'

test('gcc: one line each, as a compiler says it, from where it ran', () => {
  const options = formatOptions({ cwd: '/repo/apps' })
  expect(gcc(sample(), options).split('\n')).toEqual([
    '../drizzle.config.ts:1:1: error: could not check: no such folder: drizzle Make it.',
    '../drizzle/0004_shiny_vision.sql:3:1: warning: Building a blocks writes. [slow-thing]',
    '../drizzle/0004_shiny_vision.sql:2:33: error: Dropping users.email deletes its data. [drop-thing]',
    '../drizzle/0004_shiny_vision.sql:1:1: error: Dropping users.email deletes its data. [other-thing]',
    '',
  ])
})

test('gcc: a problem of no file has no place', () => {
  const problems = [{ message: 'no base', file: null, help: '' }]
  const text = gcc(sample({ problems, findings: [] }), formatOptions())
  expect(text).toBe('migration-lint: error: could not check: no base\n')
})
