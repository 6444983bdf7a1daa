import { describe, expect, test } from 'vitest'
import { validateConfig } from '../../src/config/validate.ts'
import { ProblemError } from '../../src/finding/problem.ts'

const rules = [
  { name: 'drop-column', meta: {} },
  {
    name: 'create-index',
    meta: {
      options: {
        threshold: { type: 'number', description: 'rows' },
        tables: { type: 'string[]', description: 'tables' },
        strict: { type: 'boolean', description: 'strict' },
        label: { type: 'string', description: 'label' },
      },
    },
  },
] as const

const FILE = 'migration-lint.config.json'

function complaint(config: unknown): string {
  try {
    validateConfig(config, FILE, rules)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    expect(error.problem.file).toBe(FILE)
    expect(error.problem.help).not.toBe('')
    expect(error.problem.message.startsWith(`${FILE}: `)).toBe(true)
    return error.problem.message.slice(FILE.length + 2)
  }
  return 'none'
}

test('everything the design names is accepted', () => {
  const config = {
    base: 'production',
    projects: [
      {
        config: 'apps/api/drizzle.config.ts',
        dialect: 'postgresql',
        out: './drizzle',
        schema: ['src/schema/*.ts'],
        casing: 'snake_case',
        migrator: 'per-file',
        postgres: { version: 16, timezone: 'Europe/Berlin' },
        families: ['sync', 'history', 'migration'],
        baseline: '0041_old_wolf',
        smallTables: ['settings'],
      },
      { schema: 'src/schema.ts' },
    ],
    rules: {
      'drop-column': 'warn',
      'create-index': ['error', { threshold: 10, tables: ['a'], strict: true, label: 'x' }],
    },
    acknowledged: [
      { migration: '0003_x', rule: 'drop-column', object: 'users.email', reason: 'empty' },
      { migration: '0004_y', rule: 'drop-column', reason: 'empty' },
    ],
    sync: { at: 'push' },
  }
  expect(validateConfig(config, FILE, rules)).toBe(config)
  expect(validateConfig({ sync: 'off' }, FILE, rules)).toEqual({ sync: 'off' })
  expect(complaint({})).toBe('none')
  expect(complaint({ base: undefined })).toBe('none')
})

describe('what is unknown is an error with a suggestion', () => {
  test.each([
    [{ rule: {} }, 'unknown key "rule": did you mean "rules"?'],
    [{ zzz: 1 }, 'unknown key "zzz"'],
    [
      { projects: [{ familys: [] }] },
      'unknown key "familys" in projects[0]: did you mean "families"?',
    ],
    [
      { projects: [{}, { postgres: { timeZone: 'UTC' } }] },
      'unknown key "timeZone" in projects[1].postgres: did you mean "timezone"?',
    ],
    [
      { rules: { dropcolumn: 'off' } },
      'unknown rule "dropcolumn" in rules: did you mean "drop-column"?',
    ],
    [
      { acknowledged: [{ migration: 'a', rule: 'dropcolumn', reason: 'b' }] },
      'unknown rule "dropcolumn" in acknowledged[0].rule: did you mean "drop-column"?',
    ],
    [
      { rules: { 'create-index': ['warn', { treshold: 1 }] } },
      'unknown key "treshold" in rules.create-index[1]: did you mean "threshold"?',
    ],
    [JSON.parse('{ "rules": { "constructor": "off" } }'), 'unknown rule "constructor" in rules'],
    [JSON.parse('{ "__proto__": {} }'), 'unknown key "__proto__"'],
  ])('%j', (config, message) => {
    expect(complaint(config)).toBe(message)
  })
})

describe('what has the wrong type is an error naming its path', () => {
  test.each([
    [null, 'the configuration must be an object, not null'],
    [[], 'the configuration must be an object, not an empty array'],
    [{ base: '' }, 'base must be a non-empty string, not ""'],
    [{ base: null }, 'base must be a non-empty string, not null'],
    [{ projects: {} }, 'projects must be an array, not an object'],
    [{ projects: ['drizzle'] }, 'projects[0] must be an object, not "drizzle"'],
    [
      { projects: [{ dialect: 'postgres' }] },
      'projects[0].dialect must be one of "postgresql", "mysql", "sqlite", "turso", ' +
        '"singlestore", "gel", "mssql", "cockroach", not "postgres": did you mean "postgresql"?',
    ],
    [
      { projects: [{ out: '/srv/drizzle' }] },
      'projects[0].out must be a path relative to the repository root, not "/srv/drizzle"',
    ],
    [
      { projects: [{ postgres: { version: '16' } }] },
      'projects[0].postgres.version must be a major version of PostgreSQL from 12 to 18, not "16"',
    ],
    [
      { projects: [{ postgres: { version: 9.6 } }] },
      'projects[0].postgres.version must be a major version of PostgreSQL from 12 to 18, not 9.6',
    ],
    [
      { rules: { 'drop-column': 'warning' } },
      'rules.drop-column must be one of "off", "warn", "error", not "warning": ' +
        'did you mean "warn"?',
    ],
    [
      { rules: { 'drop-column': 2 } },
      'rules.drop-column must be one of "off", "warn", "error", not 2',
    ],
    [
      { rules: { 'drop-column': ['error', {}] } },
      'rules.drop-column: the rule "drop-column" takes no options',
    ],
    [
      { rules: { 'create-index': ['error'] } },
      'rules.create-index must be a severity or [severity, options], not an array',
    ],
    [
      { rules: { 'create-index': ['error', { threshold: '9' }] } },
      'rules.create-index[1].threshold must be a number, not "9"',
    ],
    [
      { rules: { 'create-index': ['error', { tables: [1] }] } },
      'rules.create-index[1].tables[0] must be a non-empty string, not 1',
    ],
    [
      { rules: { 'create-index': ['error', { strict: 1 }] } },
      'rules.create-index[1].strict must be true or false, not 1',
    ],
    [
      { acknowledged: [{ migration: 'a', rule: 'drop-column' }] },
      'acknowledged[0] has no "reason"',
    ],
    [
      { acknowledged: [{ migration: 'a', rule: 'drop-column', reason: ' ' }] },
      'acknowledged[0].reason must be a non-empty string, not " "',
    ],
    [{ sync: true }, 'sync must be "off" or { "at": "commit" } or { "at": "push" }, not true'],
    [
      { sync: { at: 'comit' } },
      'sync.at must be one of "commit", "push", not "comit": did you mean "commit"?',
    ],
    [{ sync: {} }, 'sync has no "at"'],
    [{ verify: { setups: 'setup.sql' } }, 'unknown key "setups" in verify: did you mean "setup"?'],
  ])('%j', (config, message) => {
    expect(complaint(config)).toBe(message)
  })
})
