import { describe, expect, test } from 'vitest'
import { loadParser } from '../../../../src/dialects/postgres/sql/loadParser.ts'
import { readStatements } from '../../../../src/dialects/postgres/sql/statements.ts'
import { kinds, ofKind, replayed } from './replayed.ts'

const parser = await loadParser()

/** The text of each statement of a chunk, and what is wrong with it. */
function statementsOf(text: string): { text: string; refused?: string; at?: string }[] {
  const bytes = Buffer.from(text)
  return readStatements(parser, { text, offset: 0 }).map((statement) => ({
    text: bytes.toString('utf8', statement.start, statement.end),
    ...('reason' in statement
      ? { refused: statement.reason, at: bytes.toString('utf8', statement.at, statement.at + 8) }
      : {}),
  }))
}

describe('the statements of a chunk', () => {
  test.each([
    ['nothing', '', []],
    ['white space', ' \r\n\t ', []],
    ['semicolons', ' ; ;; ', []],
    ['only comments', '-- one\n/* two /* three */ */', []],
    ['a comment without an end of line', '-- one', []],
    ['one', 'SELECT 1;', ['SELECT 1']],
    ['one without a semicolon', '\n SELECT 1 \n', ['SELECT 1']],
    ['several', 'SELECT 1; SELECT 2;\r\n\r\nSELECT 3', ['SELECT 1', 'SELECT 2', 'SELECT 3']],
    ['comments before', '-- é\r\n/* a /* b; */ c */ SELECT 1;', ['SELECT 1']],
    ['comments between', "SELECT 1; -- it's\n/* ; */\nSELECT 2;", ['SELECT 1', 'SELECT 2']],
    [
      'characters of every length',
      "SELECT 'aé€😀';\r\n-- 😀\r\nSELECT '中';",
      ["SELECT 'aé€😀'", "SELECT '中'"],
    ],
    [
      'semicolons that are not the end',
      'SELECT \';\', $$;$$, ";" /*;*/; SELECT 2',
      ['SELECT \';\', $$;$$, ";" /*;*/', 'SELECT 2'],
    ],
  ])('are those between its semicolons: %s', (_, text, expected) => {
    expect(statementsOf(text)).toEqual(expected.map((each) => ({ text: each })))
  })
})

describe('a statement the server would refuse', () => {
  test('is told with its place; those around it are still read', () => {
    expect(statementsOf("SELECT 'é😀'; SELEKT 1; SELECT 2;")).toEqual([
      { text: "SELECT 'é😀'" },
      { text: 'SELEKT 1', refused: 'syntax error at or near "SELEKT"', at: 'SELEKT 1' },
      { text: 'SELECT 2' },
    ])
  })

  test('has its place behind characters of several bytes, on its own line too', () => {
    expect(statementsOf("-- é😀\r\nALTER TABLE é ADD 'x😀' COLUMNS y z;")).toEqual([
      expect.objectContaining({ text: expect.stringMatching(/^ALTER TABLE/), at: "'x😀' " }),
    ])
  })

  test('ends where the text ends if it never does', () => {
    expect(statementsOf("SELECT 'open; SELECT 2;")).toEqual([
      expect.objectContaining({ refused: expect.stringContaining('unterminated quoted string') }),
    ])
    expect(statementsOf('SELECT $$open; SELECT 2;')[0]?.refused).toMatch(
      /unterminated dollar-quoted/,
    )
    expect(statementsOf('SELECT 1; /* open')[0]?.refused).toMatch(/unterminated \/\* comment/)
  })

  test('several are told each', () => {
    expect(
      statementsOf('DORP TABLE a; CREATE TABLE b (id int); ALTR TABLE b;').map(
        ({ refused }) => refused,
      ),
    ).toEqual(['syntax error at or near "DORP"', undefined, 'syntax error at or near "ALTR"'])
  })

  test('conflict markers are refused, the statements behind them are not', () => {
    const text = '<<<<<<< HEAD\nSELECT 1;\n=======\nSELECT 2;\n>>>>>>> other\n;SELECT 3;'
    expect(statementsOf(text).map(({ refused }) => refused !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

describe('a file', () => {
  test('with nothing in it makes no statement', () => {
    for (const text of [
      '',
      '\n',
      '-- nothing',
      '--> statement-breakpoint',
      '/* pulled */ --> statement-breakpoint\n',
    ]) {
      expect(replayed(text).changes).toEqual([])
    }
  })

  test('numbers its statements over chunks and files', () => {
    const { changes } = replayed([
      'SELECT 1; SELECT 2;--> statement-breakpoint\nSELECT 3;',
      'SELECT 4;',
    ])
    expect(changes.map(({ origin }) => [origin.migration, origin.statement])).toEqual([
      ['0', 0],
      ['0', 1],
      ['0', 2],
      ['1', 3],
    ])
  })

  test('that breaks inside a string sends two halves, and both are refused', () => {
    const sql = "INSERT INTO t VALUES ('--> statement-breakpoint');"
    expect(kinds(replayed(sql).changes)).toEqual(['UnparsedSql', 'UnparsedSql'])
    expect(kinds(replayed('SELECT $$--> statement-breakpoint$$;').changes)).toEqual([
      'UnparsedSql',
      'UnparsedSql',
    ])
  })

  test('that starts with a byte order mark: the mark is refused, the rest is read in its place', () => {
    const { changes, textOf } = replayed(
      '\uFEFFCREATE TABLE é (id int);--> statement-breakpoint\nSELECT 1;',
    )
    expect(kinds(changes)).toEqual(['UnparsedSql', 'CreateTable', 'ReadRows'])
    expect(textOf(changes[0])).toBe('\uFEFF')
    expect(textOf(changes[1])).toBe('CREATE TABLE é (id int)')
    expect(textOf(changes[2])).toBe('SELECT 1')
  })

  test('keeps its places with CRLF and everything beyond ASCII', () => {
    const sql =
      '-- 😀 é\r\nALTER TABLE "é" ADD COLUMN "😀" text;\r\n--> statement-breakpoint\r\n-- 中\r\nALTER TABLE "é" DROP COLUMN "😀";\r\n'
    const { changes, textOf } = replayed(sql)
    expect(changes.map((change) => textOf(change))).toEqual([
      'ALTER TABLE "é" ADD COLUMN "😀" text',
      'ALTER TABLE "é" DROP COLUMN "😀"',
    ])
    expect(changes.map((change) => textOf(change, 'column'))).toEqual(['"😀"', '"😀"'])
  })
})

describe('what is large', () => {
  test('five megabytes of rows are one file among others', () => {
    const row = `INSERT INTO "t" VALUES (1, '${'é'.repeat(480)}');\n`
    const text = `${row.repeat(Math.ceil(5_000_000 / Buffer.byteLength(row)))}DROP TABLE "t";`
    const { changes, textOf } = replayed(text)
    expect(changes.length).toBeGreaterThan(4_000)
    expect(textOf(ofKind(changes, 'DropTable')[0], 'name')).toBe('"t"')
  })

  test('one literal of five megabytes', () => {
    const { changes } = replayed(`INSERT INTO t VALUES ('${'x'.repeat(5_000_000)}');`)
    expect(kinds(changes)).toEqual(['WriteRows'])
  })

  test('20,000 nested parentheses are refused, and what follows is read', () => {
    const deep = `${'('.repeat(20_000)}1${')'.repeat(20_000)}`
    const { changes } = replayed(
      `SELECT ${deep};--> statement-breakpoint\nSELECT 1; SELECT ${deep}; DROP TABLE t;`,
    )
    expect(kinds(changes)).toEqual(['UnparsedSql', 'ReadRows', 'UnparsedSql', 'DropTable'])
    expect(ofKind(changes, 'UnparsedSql')[0]?.reason).toMatch(/stack depth|nested|memory/)
  })

  test('200 are not, wherever expressions stand', () => {
    const nest = (inner: string, depth = 200) => `${'('.repeat(depth)}${inner}${')'.repeat(depth)}`
    const { changes } =
      replayed(`CREATE TABLE t (a int DEFAULT ${nest('1')}, CHECK (${nest('a > 1')}));
      CREATE INDEX i ON t (${nest('a + 1')}) WHERE ${nest('a IS NOT NULL')};
      UPDATE t SET a = ${nest('a')} WHERE ${nest('a IS NULL')};
      CREATE VIEW v AS SELECT * FROM t WHERE ${nest('a > 1')};`)
    expect(kinds(changes)).toEqual([
      'CreateTable',
      'AddCheck',
      'CreateIndex',
      'WriteRows',
      'CreateView',
    ])
  })

  test('a condition of two thousand terms is read', () => {
    const terms = Array.from({ length: 2_000 }, (_, n) => `a = ${n}`)
    expect(kinds(replayed(`DELETE FROM t WHERE ${terms.join(' OR ')};`).changes)).toEqual([
      'WriteRows',
    ])
    const sum = Array.from({ length: 1_000 }, (_, n) => n).join(' + ')
    expect(kinds(replayed(`SELECT ${sum};`).changes)).toEqual(['ReadRows'])
  })

  test('deep nesting in a DO block is refused or opaque, never a crash', () => {
    const deep = `${'('.repeat(20_000)}1${')'.repeat(20_000)}`
    const { changes } = replayed(`DO $$ BEGIN PERFORM ${deep}; END $$; DROP TABLE t;`)
    expect(changes.at(-1)?.kind).toBe('DropTable')
    const blocks = `${'BEGIN '.repeat(5_000)} NULL; ${'END; '.repeat(5_000)}`
    expect(replayed(`DO $$ ${blocks} $$; DROP TABLE t;`).changes.at(-1)?.kind).toBe('DropTable')
  })
})
