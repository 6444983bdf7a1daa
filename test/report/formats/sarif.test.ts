import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { sarif } from '../../../src/report/formats/sarif.ts'
import { installed } from '../../installed.ts'
import { dropThing, FILE, finding, formatOptions, result, slowThing } from '../fixtures.ts'
import { MARKUP, sample } from './sample.ts'

// The package has the schema of OASIS, and the validator it is meant for.
const validator = installed({ '@microsoft/jest-sarif': '1.0.0-beta.0' })
const load = createRequire(path.join(validator, 'package.json'))
const schema = load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object

interface Validator {
  addMetaSchema(schema: unknown): void
  compile(schema: object): ((value: unknown) => boolean) & { errors?: unknown }
}
const Ajv = load('ajv') as new (options: object) => Validator
const ajv = new Ajv({ allErrors: true, logger: false, schemaId: 'auto', meta: false })
ajv.addMetaSchema(load('ajv/lib/refs/json-schema-draft-04.json'))
const isValid = ajv.compile(schema)

function logOf(...given: Parameters<typeof sarif>) {
  const log: unknown = JSON.parse(sarif(...given))
  isValid(log)
  expect(isValid.errors ?? []).toEqual([])
  return log as { runs: { results: Record<string, unknown>[]; tool: { driver: object } }[] }
}

test('the schema would complain', () => {
  expect(isValid({ version: '2.1.0', runs: [{ results: [{ kind: 'odd' }] }] })).toBe(false)
})

test('an outcome with everything in it, valid against the schema', () => {
  const [run] = logOf(sample(), formatOptions({ cwd: '/repo/apps/web', code: 2 })).runs
  expect(run).toMatchObject({
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: 'could not check: no such folder: drizzle\nMake it.' },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'drizzle.config.ts' } } }],
          },
        ],
      },
    ],
  })
  expect(run!.results).toMatchObject([
    { ruleId: 'slow-thing', level: 'warning' },
    {
      ruleId: 'drop-thing',
      ruleIndex: 1,
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: FILE, uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 33, endLine: 2, endColumn: 40 },
          },
          logicalLocations: [{ fullyQualifiedName: 'users.email' }],
        },
      ],
      partialFingerprints: { 'migrationLint/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
      fixes: [
        {
          description: { text: 'Rename it' },
          artifactChanges: [
            {
              artifactLocation: { uri: FILE },
              replacements: [
                {
                  deletedRegion: { startLine: 2, startColumn: 21, endColumn: 32 },
                  insertedContent: { text: 'RENAME COLUMN' },
                },
              ],
            },
          ],
        },
      ],
    },
    { ruleId: 'other-thing' },
    { suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'unused since v42' }] },
    { suppressions: [{ kind: 'external', status: 'accepted', justification: 'agreed' }] },
  ])
})

test('what is known of the rules that found something', () => {
  const [run] = logOf(sample({ rules: [dropThing, slowThing] }), formatOptions()).runs
  expect(run!.tool.driver).toMatchObject({
    name: 'migration-lint',
    semanticVersion: '1.2.3',
    rules: [
      { id: 'drop-column' },
      {
        id: 'drop-thing',
        shortDescription: { text: 'A thing is dropped that running code may still use.' },
        help: { markdown: expect.stringContaining('## Instead\n\n1. Stop using it and deploy.') },
        defaultConfiguration: { level: 'error' },
        properties: { tags: ['data-loss'] },
      },
      { id: 'other-thing' },
      { id: 'slow-thing', help: { text: expect.stringContaining('rows (number)') } },
    ],
  })
})

test('the other places of a finding are related locations', () => {
  const also = [
    { file: 'b.sql', range: { start: 0, end: 4 } },
    { file: 'c.sql', range: null },
  ]
  const outcome = result({ findings: [finding({ also })], texts: { 'b.sql': 'DROP' } })
  const [run] = logOf(outcome, formatOptions()).runs
  expect(run!.results[0]!.relatedLocations).toMatchObject([
    { physicalLocation: { artifactLocation: { uri: 'b.sql' }, region: { endColumn: 5 } } },
    { physicalLocation: { artifactLocation: { uri: 'c.sql' } } },
  ])
})

test('--quiet leaves warnings and what is suppressed out', () => {
  const [run] = logOf(sample(), formatOptions({ quiet: true })).runs
  expect(run!.results.map(({ ruleId }) => ruleId)).toEqual(['drop-thing', 'other-thing'])
})

describe('valid whatever names there are', () => {
  test.each(MARKUP)('%j', (text) => {
    const all = { file: `a/${text}.sql`, object: text, message: text, help: text }
    const [run] = logOf(result({ findings: [finding(all)] }), formatOptions()).runs
    const [{ message }] = run!.results as [{ message: { text: string } }]
    expect(message.text).not.toMatch(/\]\(/)
  })
})
