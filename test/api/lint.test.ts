import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { defineRule, explain, lint, listRules, loadConfig } from '../../src/index.ts'
import { CREATE_USERS, DROP_EMAIL, project } from '../check/projects.ts'
import { generated, install, write } from '../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../drizzle/kit/scenarios.ts'
import { useRepositories } from '../git/fixtures.ts'

const made = useRepositories()

function dropping(): string {
  const folder = made.folder()
  write(folder, project({ '0000_users': CREATE_USERS, '0001_drop': DROP_EMAIL }) as never)
  return folder
}

const since = { kind: 'since', tag: '0000_users' } as const
const env = {}

describe('lint', () => {
  test('answers what the JSON says, and the exit code', async () => {
    const result = await lint({ cwd: dropping(), selection: since, env })
    expect(result).toMatchObject({
      version: 1,
      exitCode: 1,
      summary: { errors: 1, warnings: 0 },
      findings: [{ rule: 'drop-column', object: 'users.email', file: 'drizzle/0001_drop.sql' }],
      problems: [],
      projects: [{ families: { migration: { state: 'compared' } } }],
    })
  })

  test('takes a configuration, and files relative to the folder', async () => {
    const selection = { kind: 'files', files: ['drizzle/0001_drop.sql'] } as const
    const config = { rules: { 'drop-column': 'warn' } } as const
    const cwd = dropping()
    expect(await lint({ cwd, selection, config, env })).toMatchObject({
      exitCode: 0,
      findings: [{ severity: 'warn' }],
    })
    expect(await lint({ cwd, selection, config, maxWarnings: 0, env })).toMatchObject({
      exitCode: 1,
    })
  })

  test('what cannot be checked is an outcome, not an exception', async () => {
    const cwd = dropping()
    const config = { rules: { 'drop-colum': 'off' } } as never
    expect(await lint({ cwd, config, env })).toMatchObject({
      exitCode: 2,
      findings: [],
      problems: [{ message: expect.stringContaining('did you mean "drop-column"?') }],
    })
    expect(await lint({ cwd, selection: { kind: 'since', tag: 'nope' }, env })).toMatchObject({
      exitCode: 2,
      problems: [{ message: expect.stringContaining('nope') }],
    })
  })

  test('judges with rules of one’s own', async () => {
    const rule = defineRule({
      meta: {
        severity: 'warn',
        docs: { description: 'A column goes', category: 'convention' },
        messages: { goes: { message: '{{object}} goes.', help: 'Ask.' } },
      },
      create: ({ report }) => ({
        DropColumn: (on) => report({ on, messageId: 'goes', object: on.column }),
      }),
    })
    const config = { plugins: { acme: { rules: { 'no-drops': rule } } } }
    const { findings } = await lint({ cwd: dropping(), selection: since, config, env })
    expect(findings.map(({ rule, url }) => [rule, url])).toContainEqual(['acme/no-drops', null])
  })

  describe('stops', () => {
    const reason = new Error('enough')

    test('before it has begun', async () => {
      await expect(lint({ cwd: '/', signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    })

    test('with the schema that it waits for, which would run for ever', async () => {
      const { path, commit } = made.create()
      install('0.31.11', path)
      const files = { ...BASE_PROJECT, ...generated('0.31.11', BASE_PROJECT) }
      write(path, { '.gitignore': 'node_modules\n', ...files })
      commit('base')
      write(path, { 'schema.ts': `${files['schema.ts']}\nwhile (true);\n` })
      const stop = new AbortController()
      const run = lint({ cwd: path, signal: stop.signal, env })
      setTimeout(() => stop.abort(reason), 1_000)
      await expect(run).rejects.toBe(reason)
    })
  })
})

describe('loadConfig', () => {
  test('finds, checks and names the configuration', async () => {
    const cwd = dropping()
    expect(await loadConfig({ cwd })).toEqual({ config: {}, file: null })
    write(cwd, { 'package.json': '{}', 'migration-lint.config.json': '{ "base": "production" }' })
    expect(await loadConfig({ cwd: join(cwd, 'drizzle') })).toEqual({
      config: { base: 'production' },
      file: join(cwd, 'migration-lint.config.json'),
    })
  })

  test('throws what is wrong with it, in a line', async () => {
    const cwd = dropping()
    write(cwd, { 'migration-lint.config.json': '{ "bas": "production" }' })
    await expect(loadConfig({ cwd })).rejects.toMatchObject({
      message: expect.stringContaining('did you mean "base"?'),
      problem: { file: 'migration-lint.config.json' },
    })
  })
})

describe('rules', () => {
  test('are listed as the docs list them', async () => {
    const all = await listRules()
    expect(all.map(({ name }) => name)).toEqual(rules.map(({ name }) => name))
    for (const { name, why, instead, url } of all) {
      expect(why + instead, name).not.toBe('')
      expect(url).toMatch(new RegExp(`/${name}\\.md$`))
    }
  })

  test('are explained, those of plugins too', async () => {
    expect(await explain('create-index')).toMatchObject({
      family: 'migration',
      severity: 'warn',
      otherSeverity: 'error',
      category: 'blocks-traffic',
    })
    await expect(explain('create-indx')).rejects.toThrow('did you mean "create-index"?')
    const rule = {
      meta: {
        severity: 'warn',
        docs: { description: 'd', category: 'convention', url: 'https://x.example' },
        messages: {},
      },
      create: () => ({}),
    } as const
    const config = { plugins: { acme: { rules: { mine: rule } } } }
    expect(await explain('acme/mine', config)).toMatchObject({
      url: 'https://x.example',
      dialects: 'all',
    })
  })
})

test('the entry loads next to nothing by itself: a configuration imports it', () => {
  const source = readFileSync(new URL('../../src/index.ts', import.meta.url), 'utf8')
  expect(source).not.toMatch(/^import (?!type)/m)
})
