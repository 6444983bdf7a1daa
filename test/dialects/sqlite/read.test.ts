import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { splitAtBreakpoints } from '../../../src/dialects/breakpoints.ts'
import { tokenize } from '../../../src/dialects/ddl/lexer.ts'
import { SQLITE_LEXIS } from '../../../src/dialects/sqlite/lexis.ts'
import { readChunk } from '../../../src/dialects/ddl/readChunk.ts'
import { SQLITE_SCRIPT } from '../../../src/dialects/sqlite/script.ts'
import { sqliteExamples, filesOf } from '../../rules/examples.ts'
import { type Database, newDatabase } from './database.ts'

interface Emitted {
  readonly dialect: string
  readonly change: string
  readonly before_sql: string
  readonly sql: string
}

const emitted = readFileSync(
  new URL('../../fixtures/drizzle-emitted.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Emitted)
  .filter(({ dialect }) => dialect === 'sqlite')

/** Scripts, each to be run on a database of its own. */
const scripts = [
  ...emitted.map(({ before_sql, sql }) => `${before_sql}\n--> statement-breakpoint\n${sql}`),
  ...sqliteExamples
    .filter(({ rule }) => rule !== 'unparsed')
    .map(({ example }) =>
      [example.schema.replaceAll(';\n', ';--> statement-breakpoint\n'), ...filesOf(example)].join(
        '--> statement-breakpoint\n',
      ),
    ),
  `CREATE TABLE t (a integer PRIMARY KEY ASC ON CONFLICT FAIL AUTOINCREMENT, "b c" varchar(10, 2) COLLATE NOCASE DEFAULT -1.5e3 CHECK (length("b c") BETWEEN 1 AND 9 OR a NOT IN (1, 2)), [d] DEFAULT ('x' || lower('Y')), e GENERATED ALWAYS AS (a + 1) STORED, f REFERENCES t ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, UNIQUE (a, "b c" DESC) ON CONFLICT IGNORE, CONSTRAINT k CHECK (CASE WHEN a THEN 1 ELSE 0 END) FOREIGN KEY (f) REFERENCES t (a)) --> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS i ON t (lower(d), a COLLATE BINARY DESC) WHERE d IS NOT NULL AND a > 0x1F --> statement-breakpoint
CREATE TEMP VIEW v (x, y) AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT DISTINCT t.*, count(*) FILTER (WHERE a > 1) OVER (PARTITION BY d ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS c FROM t LEFT JOIN n ON n.i = t.a, (VALUES (1), (2)) AS z ORDER BY 1 DESC NULLS LAST LIMIT 3 OFFSET 1 --> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS g BEFORE UPDATE OF a, d ON t FOR EACH ROW WHEN NEW.a > 1 BEGIN INSERT OR REPLACE INTO t (a, d) VALUES (NEW.a, 'x;y') ON CONFLICT DO NOTHING; SELECT RAISE(ABORT, 'no'); DELETE FROM t WHERE EXISTS (SELECT 1 FROM t AS u WHERE u.a = OLD.a); END --> statement-breakpoint
UPDATE t SET (a, d) = (SELECT 1, 2), f = NULL WHERE d LIKE '%x' ESCAPE '!' RETURNING a AS b --> statement-breakpoint
PRAGMA journal_mode = WAL`,
]

function* statementsOf(script: string) {
  for (const source of splitAtBreakpoints(script)) {
    for (const { start, end } of readChunk(source, SQLITE_SCRIPT).statements)
      yield script.slice(start, end)
  }
}

const takes = (database: Database, sql: string): string | null => {
  try {
    database.prepare(sql).free()
    return null
  } catch (error) {
    return (error as Error).message
  }
}

const refusal = (text: string) =>
  readChunk({ text, offset: 0 }, SQLITE_SCRIPT).statements.find(({ kind }) => kind === 'refused')

describe('reading SQLite', () => {
  test('reads all that drizzle-kit writes', () => {
    for (const { sql, change } of emitted) expect(refusal(sql), change).toBeUndefined()
  })

  test('refuses what SQLite’s grammar refuses, whichever token is missing', async () => {
    let tried = 0
    const wrong: string[] = []
    for (const script of scripts) {
      const database = await newDatabase()
      for (const statement of statementsOf(script)) {
        const { tokens } = tokenize({ text: statement, offset: 0 }, SQLITE_LEXIS)
        for (const token of tokens.slice(0, -1)) {
          const text = `${statement.slice(0, token.start)} ${statement.slice(token.end)}`
          const error = takes(database, text)
          const isGrammar = error !== null && /syntax error|incomplete|unrecognized/.test(error)
          const refused = refusal(text)
          tried++
          if (isGrammar && refused === undefined) wrong.push(`took ${text}: ${error}`)
          if (error === null && refused) wrong.push(`refused ${text}: ${refused.kind}`)
        }
        try {
          database.run(statement)
        } catch {
          // An example of what fails.
        }
      }
      database.close()
    }
    expect(tried).toBeGreaterThan(1000)
    expect(wrong).toEqual([])
  })

  test('says where it cannot go on, and reads the rest', () => {
    const text = 'ALTER TABEL `a` ADD `b`;\nDROP TABLE `ü😀`;'
    const [first, second] = readChunk({ text, offset: 100 }, SQLITE_SCRIPT).statements
    expect(first).toMatchObject({
      kind: 'refused',
      reason: 'near "TABEL": syntax error',
      at: { start: 106, end: 111 },
    })
    expect(second).toMatchObject({ kind: 'drop', name: { start: 136, end: 141 } })
  })

  test.each([
    ['a string that is not closed', `SELECT 'x`],
    ['a number that runs into a word', 'SELECT 1a'],
    ['a reserved word for a name', 'CREATE TABLE table (a)'],
    ['what is left over', 'DROP TABLE a b'],
    ['a constraint without its comma', 'CREATE TABLE a (b FOREIGN KEY (b) REFERENCES c)'],
  ])('refuses %s', (_, text) => {
    expect(refusal(text)).toBeDefined()
  })
})
