import { expect, test } from 'vitest'
import { downtimeOf } from '../../../src/report/review/downtime.ts'
import { timeline } from './timelines.ts'

const rewrite = [{ statement: 1, kind: 'rewrite' }] as const

test('readers wait while a table that they are kept out of is rewritten', () => {
  const one = timeline(3, [{ name: 'orders', locks: [{ from: 1 }], work: rewrite }])
  expect(downtimeOf([one])).toMatchObject({
    for: 'readers',
    sentences: [
      'Nobody reads or writes orders from statement 2 to the end, while orders is rewritten.',
    ],
  })
})

test('they wait for long work on any other table, too, for as long as the lock is held', () => {
  const held = { name: 'users', locks: [{ from: 0, to: 2 }] }
  const other = { name: 'orders', work: [{ statement: 2, kind: 'build' } as const] }
  expect(downtimeOf([timeline(3, [held, other])]).sentences).toEqual([
    'Nobody reads or writes users from statement 1 to the end, while an index is built on orders.',
  ])
  const early = { name: 'orders', work: [{ statement: 0, kind: 'scan' } as const] }
  const late = { name: 'users', locks: [{ from: 1, to: 2 }] }
  expect(downtimeOf([timeline(3, [late, early])])).toMatchObject({ for: 'none', sentences: [] })
})

test('only writers wait where reads go on', () => {
  const locks = [{ from: 1, to: 1, keepsOut: 'writers' } as const]
  const one = timeline(3, [{ name: 'a', locks, work: [{ statement: 1, kind: 'build' }] }])
  expect(downtimeOf([one])).toMatchObject({
    for: 'writers',
    sentences: ['Nobody writes to a in statement 2, while an index is built on a.'],
  })
})

test('what is brief is no downtime', () => {
  expect(downtimeOf([timeline(2, [{ name: 'a', locks: [{}] }])]).for).toBe('none')
})
