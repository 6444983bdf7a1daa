import { afterEach, expect, test, vi } from 'vitest'
import { migrationRules } from '../../rules/index.ts'
import { SharedMap } from '../../src/catalog/sharedMap.ts'
import { judged } from '../lint/judged.ts'

/**
 * What judging a deployment of thousands of objects costs is measured in bench/growth.mjs. Here it
 * is held to what keeps it linear, by counting: nothing walks over all objects for each statement.
 */
const times = (n: number, statement: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => statement(i)).join('\n')

const deployed = (n: number) =>
  times(
    n,
    (i) => `CREATE TYPE e${i} AS ENUM ('a', 'b');
CREATE TABLE t${i} (id serial PRIMARY KEY, a text, e e${i}, b int REFERENCES t${Math.max(0, i - 1)}, UNIQUE (b));
CREATE INDEX t${i}_idx ON t${i} (b);
CREATE VIEW v${i} AS SELECT id, a FROM t${i};`,
  )

/** How many entries of catalogs are walked over while so many statements are judged. */
function walked(n: number, statement: (i: number) => string): number {
  let count = 0
  for (const method of ['entries', 'keys', 'values'] as const) {
    const real = SharedMap.prototype[method]
    vi.spyOn(SharedMap.prototype, method).mockImplementation(function (this: SharedMap<unknown>) {
      count += this.size
      return real.call(this) as never
    })
  }
  judged(times(n, statement), { deployed: deployed(n), rules: migrationRules })
  vi.restoreAllMocks()
  return count
}

afterEach(() => vi.restoreAllMocks())

test.each<[string, (i: number) => string]>([
  [
    'tables',
    (i) => `CREATE TABLE n${i} (id serial PRIMARY KEY, b int REFERENCES t0, CHECK (b > 0));`,
  ],
  ['keys', (i) => `ALTER TABLE t${i} ADD FOREIGN KEY (b) REFERENCES t0;`],
  [
    'keys that come back',
    (i) =>
      `ALTER TABLE t${i} DROP CONSTRAINT t${i}_b_fkey; ALTER TABLE t${i} ADD FOREIGN KEY (b) REFERENCES t${Math.max(0, i - 1)};`,
  ],
  ['indexes', (i) => `CREATE INDEX ON t${i} (a);`],
  ['dropped tables', (i) => `DROP TABLE t${i} CASCADE;`],
  ['dropped columns', (i) => `ALTER TABLE t${i} DROP COLUMN a CASCADE;`],
  ['dropped indexes', (i) => `DROP INDEX t${i}_idx;`],
  ['dropped views', (i) => `DROP VIEW v${i};`],
  ['dropped types', (i) => `DROP TYPE e${i} CASCADE;`],
  ['renamed tables', (i) => `ALTER TABLE t${i} RENAME TO r${i};`],
  ['renamed columns', (i) => `ALTER TABLE t${i} RENAME COLUMN id TO no;`],
  ['renamed views', (i) => `ALTER VIEW v${i} RENAME TO r${i};`],
  ['renamed types', (i) => `ALTER TYPE e${i} RENAME TO r${i};`],
  ['values of enums', (i) => `ALTER TYPE e${i} ADD VALUE 'c';`],
  ['changed types', (i) => `ALTER TABLE t${i} ALTER b TYPE bigint;`],
  ['schemas', (i) => `CREATE SCHEMA s${i};`],
  ['rows', (i) => `UPDATE t${i} SET a = 'x'; DELETE FROM t${i}; TRUNCATE t${i};`],
])('%s: no statement walks over the catalog', (_, statement) => {
  const [few, many] = [walked(10, statement), walked(40, statement)]
  expect(many / 40).toBeLessThanOrEqual(1.5 * (few / 10) + 2)
})
