import { describe, expect, test } from 'vitest'
import { explainError } from '../../../src/drizzle/kit/explainError.ts'

describe('why drizzle-kit 1.0 gives no answer', () => {
  test('is its message, where it has one', () => {
    expect(explainError({ error: { message: 'no schema' } })).toBe('no schema')
    expect(explainError({ message: 'no config' })).toBe('no config')
  })

  // As 1.0.0-rc.4 prints it.
  test('is which migrations contradict each other, where branches were merged', () => {
    const branch = (leafPath: string) => ({
      leafPath,
      statementDescription: 'create_table: flags in public schema',
    })
    const details = [
      {
        parentPath: 'drizzle/20260401000000_a',
        branches: [branch('drizzle/20260402000000_b'), branch('drizzle/20260403000000_c')],
      },
    ]
    expect(explainError({ error: { code: 'check_error', kind: 'conflicts', details } })).toBe(
      'migrations of two branches that follow 20260401000000_a contradict each other: 20260402000000_b (create_table: flags in public schema) and 20260403000000_c (create_table: flags in public schema)',
    )
  })

  test('is at least its code', () => {
    expect(explainError({ error: { code: 'check_error' } })).toBe('drizzle-kit reports check_error')
    expect(explainError({})).toBe('drizzle-kit gave no reason')
  })
})
