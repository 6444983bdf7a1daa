import js from '@eslint/js'
import { ESLint, Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import plugin from '../../../src/eslint.ts'
import { SQL, linted, messages } from './linted.ts'

const DROP = 'DROP TABLE "users";'

describe('positions', () => {
  it('count as editors do, whatever stands before', () => {
    expect(linted(`/* é 🐘 */ ${DROP}`)).toEqual(['1:23 drop-table'])
    expect(linted(`-- Größe\r\n\r\n  ${DROP}`)).toEqual(['3:14 drop-table'])
    expect(linted(`ALTER TABLE "größe🐘" DROP COLUMN "ü";`)).toEqual(['1:35 drop-column'])
  })

  it('are those of the text behind a byte order mark, which is a finding itself', () => {
    expect(linted(`\uFEFF${DROP}\n${DROP}`)).toEqual([
      '1:1 unparsed',
      '1:12 drop-table',
      '2:12 drop-table',
    ])
  })

  it('end where the part to blame ends', () => {
    expect(messages(DROP)).toMatchObject([{ line: 1, column: 12, endLine: 1, endColumn: 19 }])
    expect(messages('DROP TABLE users')).toMatchObject([{ endLine: 1, endColumn: 17 }])
  })

  it.each(['', '\n', '-- nothing yet', '/* é */', '--> statement-breakpoint'])(
    'has nothing to say of %j',
    (text) => {
      expect(linted(text)).toEqual([])
    },
  )
})

describe('SQL that PostgreSQL refuses', () => {
  it('is reported where the parser stopped, and hides nothing else', () => {
    expect(linted(`SELECT 1;\nALTER TABEL "users" ADD "x" int;\n${DROP}`)).toEqual([
      '2:7 unparsed',
      '3:12 drop-table',
    ])
  })

  it('can be silenced like anything else', () => {
    const line = '-- eslint-disable-next-line migration-lint/unparsed -- our fork takes it'
    expect(linted(`${line}\nALTER TABEL "users";`)).toEqual([])
  })

  it('is taken for another dialect where names stand in backticks', () => {
    expect(linted('CREATE TABLE `users` (`id` integer PRIMARY KEY);\nDROP TABLE users;')).toEqual(
      [],
    )
    expect(linted('SELECT \'`\', "`" /* ` */;\nDROP TABLE users;')).toEqual(['2:12 drop-table'])
  })
})

describe("ESLint's own comments", () => {
  it.each([
    [
      'the next line, in a line comment',
      `-- eslint-disable-next-line migration-lint/drop-table -- empty\n${DROP}`,
    ],
    [
      'the next line, in a block comment',
      `/* eslint-disable-next-line migration-lint/drop-table */\n${DROP}`,
    ],
    [
      "the next line, as Visual Studio Code's quick fix writes it",
      `/** eslint-disable-next-line migration-lint/drop-table */\n${DROP}`,
    ],
    ['the next line, for every rule', `-- eslint-disable-next-line\n${DROP}`],
    ['its own line', `${DROP} -- eslint-disable-line migration-lint/drop-table -- empty`],
    ['all that follows', `/* eslint-disable migration-lint/drop-table -- old */\n${DROP}\n${DROP}`],
    ['what stands between two', `-- eslint-disable\n${DROP}\n-- eslint-enable`],
    ['a rule by configuration', `/* eslint migration-lint/drop-table: "off" */\n${DROP}`],
    [
      'a statement behind a breakpoint',
      `SELECT 1;--> statement-breakpoint\n-- eslint-disable-next-line\n${DROP}`,
    ],
    [
      'its own line, behind a breakpoint',
      `SELECT 1;--> statement-breakpoint\n${DROP}--> statement-breakpoint -- eslint-disable-line`,
    ],
  ])('silence %s', (_, sql) => {
    expect(linted(sql)).toEqual([])
  })

  it('silence nothing else', () => {
    expect(linted(`-- eslint-disable-next-line migration-lint/drop-column\n${DROP}`)).toEqual([
      '1:1 eslint',
      '2:12 drop-table',
    ])
    expect(linted(`-- eslint-disable\n-- eslint-enable\n${DROP}`)).toContain('3:12 drop-table')
    expect(linted(`SELECT '-- eslint-disable';\n${DROP}`)).toEqual(['2:12 drop-table'])
  })

  it('set a severity', () => {
    const found = messages(`/* eslint migration-lint/drop-table: "warn" */\n${DROP}`)
    expect(found.map(({ severity }) => severity)).toEqual([1])
  })

  it('say what is wrong with themselves', () => {
    expect(messages('/* eslint migration-lint/drop-table: [ */')).toMatchObject([
      { line: 1, severity: 2 },
    ])
    expect(messages('/* eslint-disable-line\n */')).toMatchObject([
      { line: 1, message: expect.stringContaining('should not span multiple lines') },
    ])
  })

  it.each([
    [
      `SELECT 1;\n-- eslint-disable-next-line migration-lint/drop-table\nSELECT 2;`,
      `SELECT 1;\n \nSELECT 2;`,
    ],
    [
      `/* eslint-disable migration-lint/drop-table, migration-lint/drop-column */\n${DROP}`,
      `/* eslint-disable migration-lint/drop-table */\n${DROP}`,
    ],
  ])('are removed where they silence nothing', (sql, fixed) => {
    const linter = new Linter({ cwd: '/' })
    const config = [SQL, { linterOptions: { reportUnusedDisableDirectives: 'error' as const } }]
    expect(linter.verifyAndFix(sql, config, { filename: 'alone.sql' }).output).toBe(fixed)
  })
})

describe("the product's own directive", () => {
  it('silences the whole next statement, with a reason', () => {
    const directive = '-- migration-lint-disable-next-statement drop-table -- empty since v42'
    expect(linted(`${directive}\n${DROP}`)).toEqual([])
  })

  it('is reported without a reason, and where its rule ran and has nothing to say', () => {
    const directive = '-- migration-lint-disable-next-statement drop-table'
    expect(linted(`${directive}\n${DROP}`)).toEqual(['1:1 suppression', '2:12 drop-table'])
    expect(linted(`${directive} -- why not\nSELECT 1;`)).toEqual(['1:1 suppression-warning'])
    const off = { rules: { 'migration-lint/drop-table': 'off' } } as const
    expect(linted(`${directive} -- why not\nSELECT 1;`, off)).toEqual([])
  })
})

describe('a rule of two severities', () => {
  const NEEDLESS = '-- migration-lint-disable-next-statement drop-table -- why not\nSELECT 1;'

  it('is two rules, each with its severity of the command line', () => {
    expect(plugin.configs['sql-recommended'].rules).toMatchObject({
      'migration-lint/create-index': 'warn',
      'migration-lint/create-index-error': 'error',
      'migration-lint/change-column-type': 'error',
      'migration-lint/change-column-type-warning': 'warn',
    })
  })

  it('reports everything by the first where the second is off, and nothing where the first is', () => {
    const rules = (first: 'off' | 'warn', second: 'off' | 'error') => ({
      rules: { 'migration-lint/suppression': first, 'migration-lint/suppression-warning': second },
    })
    expect(linted(NEEDLESS, rules('warn', 'off'))).toEqual(['1:1 suppression'])
    expect(linted(NEEDLESS, rules('warn', 'error'))).toEqual(['1:1 suppression-warning'])
    expect(linted(NEEDLESS, rules('off', 'error'))).toEqual([])
  })
})

describe('languageOptions', () => {
  const withOptions = (languageOptions: object) => ({ languageOptions }) as Linter.Config
  const INDEX = 'CREATE INDEX CONCURRENTLY "i" ON "users" ("email");'

  it('name the migrator, small tables and what was accepted', () => {
    expect(linted(INDEX)).toEqual(['1:14 concurrently-in-transaction'])
    expect(linted(INDEX, withOptions({ migrator: 'none' }))).toEqual([])
    expect(linted('CREATE INDEX "i" ON "users" ("email");')).toEqual(['1:14 create-index'])
    expect(
      linted('CREATE INDEX "i" ON "users" ("email");', withOptions({ smallTables: ['users'] })),
    ).toEqual([])
    const acknowledged = [{ migration: 'alone.sql', rule: 'drop-table', reason: 'merged long ago' }]
    expect(linted(DROP, withOptions({ acknowledged }))).toEqual([])
  })

  it.each([
    [{ migratr: 'none' }, /unknown key "migratr".*did you mean "migrator"/i],
    [{ migrator: 'flyway' }, /migrator must be one of/],
    [
      { postgres: { version: 9 } },
      /postgres.version must be a major version of PostgreSQL from 12 to 18/,
    ],
    [
      { acknowledged: [{ migration: 'a', rule: 'drop-tabel', reason: 'x' }] },
      /unknown rule "drop-tabel".*drop-table/,
    ],
  ])('are checked: %j', (options, message) => {
    expect(() => linted(DROP, withOptions(options))).toThrow(message)
  })

  it('may stand beside those for JavaScript that a configuration without files gives every file', () => {
    const parser = { parse: () => ({}) }
    const forAll = withOptions({
      ecmaVersion: 2022,
      sourceType: 'module',
      globals: { a: true },
      parser,
      parserOptions: {},
    })
    expect(linted(DROP, forAll)).toEqual(['1:12 drop-table'])
  })

  it('can be printed and cached', async () => {
    const languageOptions = { migrator: 'none', parser: { parse: () => ({}) } } as never
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [SQL, { languageOptions }],
    })
    const config = await eslint.calculateConfigForFile('a.sql')
    expect(config.languageOptions).toEqual({ migrator: 'none' })
    expect(JSON.parse(JSON.stringify(config))).toMatchObject({
      language: 'migration-lint/sql',
    })
  })
})

describe('beside other configurations', () => {
  it('bears the recommended rules of @eslint/js, given without files', () => {
    expect(linted(DROP, js.configs.recommended)).toEqual(['1:12 drop-table'])
    expect(linted('-- \u00a0 irregular', js.configs.recommended)).toEqual([])
  })

  it('bears those of typescript-eslint, which bring a parser for every file', () => {
    expect(linted(DROP, tseslint.configs.recommended as Linter.Config[])).toEqual([
      '1:12 drop-table',
    ])
  })

  it('works under another name', () => {
    const own: Linter.Config = {
      files: ['**/*.sql'],
      plugins: { ml: plugin },
      language: 'ml/postgresql',
      rules: { 'ml/drop-table': 'error' },
    }
    const found = new Linter({ cwd: '/' }).verify(DROP, [own], { filename: 'a.sql' })
    expect(found).toMatchObject([{ ruleId: 'ml/drop-table', line: 1, column: 12 }])
  })

  it('keeps its rules from files in another language', () => {
    const wrong: Linter.Config = {
      plugins: { 'migration-lint': plugin },
      rules: { 'migration-lint/drop-table': 'error' },
    }
    expect(() => new Linter().verify('let a', [wrong], { filename: 'a.js' })).toThrow(
      /do not support the language "js\/js"/,
    )
  })

  it('lets a rule of one’s own see statements', () => {
    const seen: unknown[] = []
    const rule = {
      create: () => ({
        'Migration > Statement[command="DropStmt"]': (node: unknown) => void seen.push(node),
      }),
    }
    linted(`SELECT 1;\n${DROP}`, {
      plugins: { own: { rules: { see: rule } } },
      rules: { 'own/see': 'error' },
    })
    expect(seen).toMatchObject([
      { type: 'Statement', range: [10, 28], loc: { start: { line: 2, column: 1 } } },
    ])
  })
})
