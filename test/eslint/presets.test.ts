import type { Rule } from 'eslint'
import { ESLint, Linter } from 'eslint'
import { defineConfig } from 'eslint/config'
import { describe, expect, it } from 'vitest'
import { migrationRules, rules } from '../../rules/index.ts'
import { createPlugin } from '../../src/eslint/createPlugin.ts'
import plugin from '../../src/eslint.ts'

/** A rule on schema files that reports every file. */
function schemaRule(recommended: unknown): Rule.RuleModule {
  return {
    meta: {
      type: 'problem',
      docs: { description: 'reports a file', url: 'https://example.com', recommended } as never,
      languages: ['js/js'],
      messages: { seen: 'A file.' },
      schema: [],
    },
    create: (context) => ({ Program: (node) => context.report({ node, messageId: 'seen' }) }),
  }
}

const whole = createPlugin('1.2.3', rules, migrationRules, {
  'in-recommended': schemaRule(true),
  'in-strict': schemaRule('strict'),
  'in-neither': schemaRule(false),
})

/** What ESLint says about a file under a preset, in the way an ESLint configuration takes it. */
function lint(preset: string, filename: string, text: string): string[] {
  const config = defineConfig([
    { plugins: { 'migration-lint': whole }, extends: [`migration-lint/${preset}`] },
  ])
  const found = new Linter().verify(text, config, { filename })
  return found.map(
    ({ ruleId, severity }) => `${ruleId?.replace('migration-lint/', '')} ${severity}`,
  )
}

const INDEX = 'CREATE INDEX "i" ON "users" ("email"); DROP TABLE "users";'

describe('the presets', () => {
  it.each([
    ['recommended', ['in-recommended 1']],
    ['strict', ['in-recommended 2', 'in-strict 2']],
    ['all', ['in-recommended 2', 'in-strict 2', 'in-neither 2']],
  ])('%s says of a schema file %j, and nothing of SQL', (preset, expected) => {
    expect(lint(preset, 'src/db/schema.ts', 'let a')).toEqual(expected)
    if (preset !== 'all') expect(lint(preset, 'drizzle/0000.sql', INDEX)).toEqual(['undefined 1'])
  })

  it.each([
    ['sql-recommended', ['create-index 1', 'drop-table 2']],
    ['sql-strict', ['create-index 2', 'drop-table 2']],
    ['all', ['create-index 2', 'drop-table 2']],
  ])('%s says of a migration %j', (preset, expected) => {
    for (const file of [
      'drizzle/0000.sql',
      'packages/db/migrations/0000_a/migration.sql',
      '.drizzle/pg/0.sql',
    ]) {
      expect(lint(preset, file, INDEX)).toEqual(expected)
    }
    if (preset !== 'all') expect(lint(preset, 'a.js', 'let a')).toEqual([])
  })

  it('may all be used at once, with files of one’s own', async () => {
    const { recommended, 'sql-recommended': sql } = whole.configs
    const own = [recommended, { ...sql, files: ['db/out/*.sql'] }]
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: own as never })
    const rulesOf = async (file: string) =>
      Object.keys((await eslint.calculateConfigForFile(file)).rules)
    expect(await rulesOf('db/out/0000.sql')).toEqual(Object.keys(sql.rules!))
    expect(await rulesOf('src/schema.ts')).toEqual(['migration-lint/in-recommended'])
    // This is how an editor finds out that a file is none of ESLint's business.
    expect(await eslint.calculateConfigForFile('drizzle/0000.sql')).toBeUndefined()
  })

  it('are named, and bring the plugin along', () => {
    for (const [name, preset] of Object.entries(whole.configs)) {
      for (const config of [preset].flat()) {
        expect(config).toMatchObject({
          name: `migration-lint/${name}`,
          files: [expect.any(String)],
        })
        expect(config.plugins?.['migration-lint']).toBe(whole)
      }
    }
    expect(Object.keys(plugin.configs)).toEqual([
      'recommended',
      'strict',
      'sql-recommended',
      'sql-strict',
      'all',
    ])
  })
})

describe('the plugin', () => {
  it('says what it is', () => {
    expect(plugin.meta).toEqual({
      name: 'migration-lint',
      namespace: 'migration-lint',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    })
  })

  it('has every rule on SQL, and none of two with one name', () => {
    const names = migrationRules.map(({ name }) => name)
    expect(Object.keys(plugin.rules!)).toEqual(expect.arrayContaining(names))
    const again = { 'drop-table': schemaRule(true) }
    expect(() => createPlugin('1.2.3', rules, migrationRules, again)).toThrow(
      'two rules are named drop-table',
    )
  })

  it.each(migrationRules.map(({ name }) => name))('describes %s completely', (name) => {
    const { meta } = plugin.rules![name] as Rule.RuleModule
    expect(meta).toMatchObject({
      type: expect.stringMatching(/^(?:problem|suggestion)$/),
      docs: { description: expect.stringMatching(/^\S.*[^.]$/), recommended: true },
      schema: expect.any(Array),
      defaultOptions: expect.any(Array),
      languages: expect.arrayContaining(['migration-lint/sql']),
    })
    expect(meta!.docs!.url).toMatch(new RegExp(`^https://.*/docs/rules/${name}\\.md$`))
    expect(Object.keys(meta!.messages!).length).toBeGreaterThan(0)
  })
})
