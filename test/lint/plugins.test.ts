import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { rulebook } from '../../rules/index.ts'
import { check } from '../../src/check/check.ts'
import { validateConfig } from '../../src/config/validate.ts'
import { ProblemError } from '../../src/finding/problem.ts'
import type { Plugin, PluginRule } from '../../src/lint/plugins.ts'
import { json } from '../../src/report/json.ts'
import { CREATE_USERS, project } from '../check/projects.ts'
import { write } from '../drizzle/kit/kits.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const noEnums: PluginRule = {
  meta: {
    severity: 'warn',
    docs: {
      description: 'An enum is made',
      category: 'convention',
      url: 'https://x.example/enums',
    },
    messages: { made: { message: '{{object}} is an enum.', help: 'Use a check of {{kind}}.' } },
  },
  create: ({ report }) => ({
    CreateEnum: (change) => {
      const { name } = change.type
      report({ on: change, messageId: 'made', object: name, data: { kind: 'text' } })
    },
  }),
}

const SQL = `CREATE TYPE "mood" AS ENUM ('sad');`

async function run(plugin: Plugin, sql = SQL, rules = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'ml-plugins-'))
  folders.push(cwd)
  write(cwd, project({ '0000_users': CREATE_USERS, '0001_mood': sql }) as never)
  const selection = { kind: 'since', tag: '0000_users' } as const
  const options = { cwd, selection, projects: [], only: null, config: null, env: {} }
  const given = { plugins: { acme: plugin }, rules }
  return check(options, rulebook, given as never)
}

test('a rule of a plugin judges like one of ours, under the name of its plugin', async () => {
  const result = await run({ rules: { 'no-enums': noEnums } })
  expect(result.findings).toMatchObject([
    {
      rule: 'acme/no-enums',
      severity: 'warn',
      object: 'mood',
      message: 'mood is an enum.',
      help: 'Use a check of text.',
    },
  ])
  const places = { root: '/r', cwd: '/r', quiet: false }
  expect(JSON.parse(json(result, places))).toMatchObject({
    findings: [{ url: 'https://x.example/enums' }],
  })
})

test('it has a severity in the configuration, and is silenced by a comment', async () => {
  const plugin = { rules: { 'no-enums': noEnums } }
  expect((await run(plugin, SQL, { 'acme/no-enums': 'off' })).findings).toEqual([])
  const [error] = (await run(plugin, SQL, { 'acme/no-enums': 'error' })).findings
  expect(error).toMatchObject({ severity: 'error' })
  const silenced = `-- migration-lint-disable-next-statement acme/no-enums -- agreed\n${SQL}`
  const { findings } = await run(plugin, silenced)
  expect(findings).toMatchObject([{ rule: 'acme/no-enums', suppressed: { reason: 'agreed' } }])
})

describe('what a plugin fails on is said as its own, and all else is judged', () => {
  const failing = (create: PluginRule['create']) =>
    run({ rules: { 'no-enums': noEnums, broken: { ...noEnums, create } } })
  const boom = () => {
    throw new Error('boom')
  }

  test('while it visits', async () => {
    const { findings, problems } = await failing(() => ({ CreateEnum: boom }))
    expect(findings).toHaveLength(1)
    expect(problems).toMatchObject([
      { message: 'the rule acme/broken failed at drizzle/0001_mood.sql: boom' },
    ])
  })

  test('with a message that there is not, or that has nothing to fill it', async () => {
    const reporting =
      (messageId: string): PluginRule['create'] =>
      ({ report }) => ({ CreateEnum: (on) => report({ on, messageId, object: 'mood' }) })
    const unknown = await failing(reporting('nope'))
    expect(unknown.problems).toMatchObject([
      {
        message: 'the rule acme/broken failed at drizzle/0001_mood.sql: there is no message "nope"',
      },
    ])
    const unfilled = await failing(reporting('made'))
    expect(unfilled.problems[0]!.message).toMatch(/^the rule acme\/broken failed at .*"kind"/)
  })
})

describe('what is no plugin is told with its place', () => {
  const complaint = (value: unknown): string => {
    try {
      validateConfig(value, 'c.mjs', [])
    } catch (error) {
      return (error as ProblemError).problem.message
    }
    return 'none'
  }
  const { meta, create } = noEnums

  test.each([
    [[], 'c.mjs: plugins must be an object'],
    [{ 'a/b': { rules: {} } }, 'a plugin with a name-in-kebab-case'],
    [{ a: {} }, 'plugins.a has no "rules"'],
    [{ a: { rules: { noEnums } } }, 'a rule with a name-in-kebab-case'],
    [{ a: { rules: { b: { meta } } } }, 'plugins.a.rules.b has no "create"'],
    [{ a: { rules: { b: { meta, create: 1 } } } }, 'a function that returns visitors'],
    [
      { a: { rules: { b: { create, meta: { ...meta, severity: 'bad' } } } } },
      'plugins.a.rules.b.meta.severity',
    ],
  ])('%j', (plugins, message) => {
    expect(complaint({ plugins })).toContain(message)
  })

  test('its rules may be named', () => {
    const plugins = { a: { rules: { 'no-enums': noEnums } } }
    expect(complaint({ plugins, rules: { 'a/no-enums': 'off' } })).toBe('none')
    expect(complaint({ plugins, rules: { 'a/no-enum': 'off' } })).toContain(
      'did you mean "a/no-enums"?',
    )
  })
})
