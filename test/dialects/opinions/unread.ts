import type { Build } from './nodeSqlParser.ts'

/** A form that node-sql-parser cannot read. */
export interface UnreadForm {
  readonly pattern: RegExp
  /** How many statements have it, those left out that stand in examples of rules alone. */
  readonly count: number
}

const OF_BOTH: readonly UnreadForm[] = [
  { pattern: /^ALTER TABLE \S+ CONVERT TO/, count: 2 },
  { pattern: /^ALTER TABLE \S+ ADD `\w+` serial\b/, count: 1 },
  { pattern: /^ALTER TABLE \S+ ADD COLUMN \(/, count: 1 },
  { pattern: /^ALTER TABLE \S+ ALTER COLUMN \S+ SET DEFAULT/, count: 1 },
  { pattern: /^ALTER TABLE \S+ DROP CONSTRAINT/, count: 2 },
  { pattern: /^ALTER TABLE \S+ ALTER CHECK/, count: 1 },
  // PostgreSQL's: an example of what no server of these reads.
  { pattern: /^ALTER TABLE \S+ ALTER COLUMN \S+ TYPE/, count: 0 },
  { pattern: /^(?:CREATE|DROP) INDEX IF (?:NOT )?EXISTS/, count: 2 },
  { pattern: /^CREATE .*\bVIEW .* AS \(/, count: 2 },
  { pattern: /^CREATE TRIGGER .* BEGIN/, count: 0 },
  { pattern: /^(?:ANALYZE|OPTIMIZE) TABLE/, count: 2 },
  { pattern: /^UPDATE LOW_PRIORITY/, count: 1 },
  { pattern: /^UPDATE .* = DEFAULT\b/, count: 1 },
  { pattern: /^DELETE FROM .* USING/, count: 1 },
  { pattern: /^INSERT .* \(\) VALUES \(\)/, count: 1 },
]

/** What node-sql-parser 5.4.0 cannot read of the fixtures, by its builds. */
export const UNREAD: Readonly<Record<Build, readonly UnreadForm[]>> = {
  mysql: [...OF_BOTH, { pattern: / NOT ENFORCED$/, count: 2 }],
  mariadb: [
    ...OF_BOTH,
    { pattern: /^ALTER TABLE \S+ (?:DROP PRIMARY KEY, )?ADD PRIMARY KEY/, count: 6 },
    { pattern: /^ALTER TABLE \S+ ADD CONSTRAINT \S+ CHECK/, count: 4 },
    { pattern: /^ALTER TABLE \S+ ADD CONSTRAINT \S+ FOREIGN KEY/, count: 11 },
    { pattern: /^ALTER TABLE \S+ ADD (?:CONSTRAINT \S+ UNIQUE|UNIQUE INDEX)/, count: 5 },
    { pattern: /^CREATE TABLE .* set\('a','b'\)/, count: 1 },
    { pattern: /^CREATE TABLE \S+ AS SELECT/, count: 1 },
    { pattern: /^INSERT .* WITH RECURSIVE/, count: 1 },
    { pattern: /^(?:UPDATE|DELETE) .* LIMIT \d+$/, count: 2 },
  ],
  sqlite: [
    { pattern: /^ALTER TABLE \S+ ALTER COLUMN/, count: 5 },
    { pattern: /^ALTER TABLE \S+ ADD COLUMN IF NOT EXISTS/, count: 1 },
    { pattern: /^ALTER TABLE \S+ DROP CONSTRAINT/, count: 1 },
    { pattern: /^CREATE TABLE .* ON CONFLICT REPLACE/, count: 1 },
    { pattern: /^DROP INDEX/, count: 5 },
    { pattern: /^PRAGMA/, count: 5 },
    { pattern: /^(?:BEGIN|COMMIT|VACUUM)\b/, count: 3 },
    { pattern: /^WITH .* (?:INSERT|UPDATE|DELETE)\b/, count: 3 },
    { pattern: /^INSERT .* ON CONFLICT/, count: 2 },
    { pattern: /^INSERT .* DEFAULT VALUES/, count: 1 },
    { pattern: /^UPDATE OR IGNORE/, count: 1 },
    { pattern: /^UPDATE \S+ SET \(/, count: 1 },
    { pattern: /^UPDATE .* FROM/, count: 1 },
  ],
}
