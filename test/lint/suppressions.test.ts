import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { suppression } from '../../rules/migration/suppression.ts'
import { dropRule, judged, testRule, told } from './judged.ts'

const deployed = `CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE users (id int, name text, bio text, mood mood);`
const enums = testRule('no-enums', (context) => ({
  RecreateEnum: (change) =>
    context.report({ on: change, messageId: 'said', object: change.type.name }),
}))
const rules = [dropRule('no-drops'), dropRule('no-other'), enums, suppression]
const NEXT = '-- migration-lint-disable-next-statement'
const findings = (sql: string | readonly string[], config: Config = {}) =>
  judged(sql, {
    deployed,
    rules,
    config: { ...config, rules: { 'no-other': 'off', ...config.rules } },
  })
const DROP = 'ALTER TABLE users DROP COLUMN name;'

describe('a directive', () => {
  test('silences its rule for the next statement, which keeps the finding and the reason', () => {
    const [finding, ...others] = findings(`${NEXT} no-drops -- unused since v42\n${DROP}`)
    expect(others).toEqual([])
    expect(finding).toMatchObject({ rule: 'no-drops', suppressed: { reason: 'unused since v42' } })
  })

  test.each([
    ['right in front', `${NEXT} no-drops -- x\n${DROP}`],
    ['with other comments between', `${NEXT} no-drops -- x\n\n/* more */\n-- and more\n${DROP}`],
    ['before a breakpoint', `${NEXT} no-drops -- x\n--> statement-breakpoint\n${DROP}`],
    ['behind a breakpoint', `SELECT 1;\n--> statement-breakpoint\n${NEXT} no-drops -- x\n${DROP}`],
    ['on the line of the statement before', `SELECT 1; ${NEXT} no-drops -- x\n${DROP}`],
    ['on the same line, in a block', `/* ${NEXT.slice(3)} no-drops -- x */ ${DROP}`],
    [
      'with CRLF and characters beyond ASCII',
      `SELECT 'é😀';\r\n${NEXT} no-drops -- größer\r\n${DROP}\r\n`,
    ],
    ['before a DO block', `${NEXT} no-drops -- x\nDO $$ BEGIN ${DROP} END $$;`],
    ['as one of two', `${NEXT} no-drops -- x\n${NEXT} no-other -- y\n${DROP}`],
    ['for one of several rules', `${NEXT} no-other, no-drops -- x\n${DROP}`],
  ])('%s', (_, sql) => {
    expect(told(findings(sql))).toEqual([])
  })

  test('counts for all changes of the statement', () => {
    expect(told(findings(`${NEXT} no-drops -- x\nALTER TABLE users DROP name, DROP bio;`))).toEqual(
      [],
    )
  })

  test.each([
    ['the statement after the next', `${NEXT} no-drops -- x\nSELECT 1;\n${DROP}`],
    ['the statement before it', `${DROP}\n${NEXT} no-drops -- x`],
    [
      'a statement behind one that changes nothing',
      `${NEXT} no-drops -- x\nDO $$ BEGIN NULL; END $$;\n${DROP}`,
    ],
    [
      'one in the middle of which it stands',
      `ALTER TABLE users\n${NEXT} no-drops -- x\nDROP COLUMN name;`,
    ],
    ['another rule', `${NEXT} no-other -- x\n${DROP}`],
    ['anything without a reason', `${NEXT} no-drops\n${DROP}`],
    ['the next file', [`SELECT 1;\n${NEXT} no-drops -- x`, DROP]],
  ])('does not silence %s', (_, sql) => {
    expect(told(findings(sql))).toContain('no-drops: name')
  })

  test.each([
    ['the first part', 0],
    ['the part in the middle', 1],
    ['the last part, in another file', 3],
  ])('before %s of a folded change silences it', (_, position) => {
    const parts = [
      'ALTER TABLE users ALTER mood TYPE text;',
      'DROP TYPE mood;',
      "CREATE TYPE mood AS ENUM ('happy');",
      'ALTER TABLE users ALTER mood TYPE mood USING mood::mood;',
    ].map((part, index) => (index === position ? `${NEXT} no-enums -- x\n${part}` : part))
    const sql = [parts.slice(0, 3).join('\n'), parts.slice(3).join('\n')]
    expect(told(findings(sql))).toEqual([])
    expect(findings(sql)).toMatchObject([{ rule: 'no-enums', suppressed: { reason: 'x' } }])
  })
})

describe('a directive is complained of', () => {
  const complaint = (sql: string, config?: Config) =>
    findings(sql, config)
      .filter(({ rule }) => rule === 'suppression')
      .map(({ severity, message, range }) => ({
        severity,
        message,
        text: range && sql.slice(range.start, range.end),
      }))

  test.each([
    ['without a reason', `${NEXT} no-drops`, 'error', 'reason'],
    ['without a rule', `${NEXT} -- why`, 'error', 'no rule'],
    ['with a rule there is not', `${NEXT} no-dorps -- why`, 'error', '"no-dorps"'],
  ])('%s', (_, directive, severity, words) => {
    expect(complaint(`-- é\n${directive}\n${DROP}`)).toEqual([
      { severity, message: expect.stringContaining(words), text: directive },
    ])
  })

  test('that silences nothing, as a warning', () => {
    expect(complaint(`${NEXT} no-drops -- why\nSELECT 1;`)).toEqual([
      {
        severity: 'warn',
        message: expect.stringContaining('no-drops'),
        text: `${NEXT} no-drops -- why`,
      },
    ])
    expect(complaint(`SELECT 1;\n${NEXT} no-drops -- why`)).toHaveLength(1)
  })

  test('not if its rule did not run', () => {
    expect(complaint(`${NEXT} no-other -- why\nSELECT 1;`)).toEqual([])
  })

  test('for each rule of several that it silences nothing of', () => {
    expect(complaint(`${NEXT} no-enums, no-drops, no-other -- why\n${DROP}`)).toMatchObject([
      { message: expect.stringContaining('no-enums') },
    ])
  })

  test('not at all where that rule is off', () => {
    expect(complaint(`${NEXT} nothing\nSELECT 1;`, { rules: { suppression: 'off' } })).toEqual([])
  })

  test('with the severity that the configuration gives', () => {
    expect(
      complaint(`${NEXT} no-drops\n${DROP}`, { rules: { suppression: 'warn' } }),
    ).toMatchObject([{ severity: 'warn' }])
  })
})

describe('an acknowledgement', () => {
  const entry = { migration: '0001', rule: 'no-drops', reason: 'agreed' }
  const sql = [DROP, 'ALTER TABLE users DROP bio; ALTER TABLE users DROP id;']
  const left = (more: object) => told(findings(sql, { acknowledged: [{ ...entry, ...more }] }))

  test('accepts what a rule says of a migration', () => {
    expect(left({})).toEqual(['no-drops: name'])
    expect(findings(sql, { acknowledged: [entry] })[1]?.suppressed).toEqual({ reason: 'agreed' })
  })

  test('accepts what it says of one object', () => {
    expect(left({ object: 'bio' })).toEqual(['no-drops: name', 'no-drops: id'])
  })

  test.each([
    ['migration', { migration: '0002' }],
    ['rule', { rule: 'no-other' }],
    ['object', { object: 'nothing' }],
  ])('accepts nothing of another %s', (_, more) => {
    expect(left(more)).toHaveLength(3)
  })

  test('leaves the reason to a directive that is nearer', () => {
    const [finding] = findings(`${NEXT} no-drops -- nearer\n${DROP}`, {
      acknowledged: [{ ...entry, migration: '0000' }],
    })
    expect(finding?.suppressed).toEqual({ reason: 'nearer', inSource: true })
  })
})
