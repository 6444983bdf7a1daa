import { expect, test } from 'vitest'
import { startDeployment } from '../../src/catalog/catalog.ts'
import { replayDeployment } from '../../src/lint/judge.ts'
import { computedTimeline } from '../../src/lint/timeline.ts'
import { painter } from '../../src/report/paint.ts'
import { timelineLines } from '../../src/report/timeline.ts'
import { engine } from '../dialects/postgres/sql/replayed.ts'

const BEFORE = `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, total int, user_id int);`

function timelineOf(transaction: 'deployment' | 'migration', ...files: readonly string[]) {
  const session = { version: 17, timezone: 'UTC', transaction }
  const source = (text: string, i: number) => ({ name: `000${i}`, file: `d/000${i}.sql`, text })
  const before = replayDeployment({ engine, session }, engine.emptyCatalog, [source(BEFORE, 0)])
  const pending = files.map((text, i) => source(text, i + 1))
  const replayed = replayDeployment({ engine, session }, startDeployment(before.after), pending)
  return computedTimeline(engine, replayed, 'drizzle.config.ts')
}

const INDEX = 'CREATE INDEX i ON orders (user_id);'
const REWRITE = 'ALTER TABLE orders ALTER COLUMN total SET DATA TYPE bigint;'
const COLUMN = 'ALTER TABLE users ADD COLUMN age int;'

test('a lock lasts until its transaction ends, or until it becomes stronger', () => {
  const { tables } = timelineOf('deployment', `${INDEX}${REWRITE}`, COLUMN)
  expect(tables).toEqual([
    {
      name: 'orders',
      locks: [
        { from: 0, to: 0, keepsOut: 'writers', mode: 'Share' },
        { from: 1, to: 2, keepsOut: 'readers', mode: 'AccessExclusive' },
      ],
      work: [
        { statement: 0, kind: 'build' },
        { statement: 1, kind: 'rewrite' },
      ],
    },
    {
      name: 'users',
      locks: [{ from: 2, to: 2, keepsOut: 'readers', mode: 'AccessExclusive' }],
      work: [],
    },
  ])
  const apart = timelineOf('migration', `${INDEX}${REWRITE}`, COLUMN)
  expect(apart.tables[0]?.locks.at(-1)?.to).toBe(1)
})

test('the picture shows who waits from where to where, in as many columns as there are', () => {
  const timeline = timelineOf('deployment', `${INDEX}${REWRITE}`, COLUMN)
  expect(timelineLines(timeline, null, painter(false)).join('\n')).toBe(
    `drizzle.config.ts: 3 statements, one transaction (computed)
          1    2    3
  orders  B▒▒▒▒R█████████  nobody reads or writes, from 2 to the end; rewritten; an index is built
  users             █████  nobody reads or writes, 3
  █ nobody reads or writes   ▒ nobody writes   R rewritten   B an index is built
  1  0001  ${INDEX.slice(0, -1)}
  2  0001  ${REWRITE.slice(0, -1)}
  3  0002  ${COLUMN.slice(0, -1)}`,
  )
  for (const width of [40, 60, 80]) {
    const many = timelineOf('deployment', REWRITE + COLUMN.repeat(200))
    const lines = timelineLines(many, width, painter(false))
    expect(Math.max(...lines.slice(1).map((line) => line.length))).toBeLessThanOrEqual(width)
  }
})
