import { expect, test } from 'vitest'
import { mermaidChart } from '../../../src/report/review/chart.ts'
import { lockPicture } from '../../../src/report/review/picture.ts'
import { timeline } from './timelines.ts'

test('a row for each table, the numbers of the statements as time', () => {
  const one = timeline(3, [
    {
      name: 'orders',
      locks: [
        { from: 0, to: 0, keepsOut: 'writers' },
        { from: 1, to: 2 },
      ],
      work: [{ statement: 1, kind: 'rewrite' }],
    },
    { name: 'quiet', locks: [{ keepsOut: 'schema changes' }] },
  ])
  expect(mermaidChart(one)!.split('\n')).toEqual([
    'gantt',
    '  dateFormat x',
    '  axisFormat %s',
    '  tickInterval 1second',
    '  section orders',
    '  nobody writes :active, 1000, 2000',
    '  nobody reads or writes - a rewrite :crit, 2000, 4000',
  ])
})

test('there is none where nobody has to wait', () => {
  const quiet = timeline(1, [{ name: 'a', locks: [{ keepsOut: 'schema changes' }] }])
  expect([mermaidChart(quiet), lockPicture(quiet)]).toEqual([null, null])
})

test('a long deployment has few ticks, and a wide one few rows', () => {
  const many = Array.from({ length: 50 }, (_, i) => ({ name: `t${i}`, locks: [{}] }))
  const chart = mermaidChart(timeline(200, many))!
  expect(chart).toContain('tickInterval 10second')
  expect(chart.match(/section/g)).toHaveLength(20)
})

test('the picture has a bar for each lock, and says it in words', () => {
  const one = timeline(2, [{ name: '<b>', locks: [{ from: 1, to: 1 }] }])
  const svg = lockPicture(one)!
  expect(svg.match(/<rect/g)).toHaveLength(1)
  expect(svg).toContain('&lt;b&gt;')
  expect(svg).toContain(
    '<title>nobody reads or writes (AccessExclusive), statements 2 to 2: instant</title>',
  )
})
