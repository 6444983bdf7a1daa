import { describe, expect, test } from 'vitest'
import type { Ended } from '../../../src/drizzle/kit/childProcess.ts'
import { failure } from '../../../src/drizzle/kit/failure.ts'
import type { Question } from '../../../src/drizzle/kit/question.ts'

const question: Question = {
  root: '/project',
  cwd: '/project',
  dialect: 'postgresql',
  kit: '/project/node_modules/drizzle-kit',
  config: '/project/drizzle.config.ts',
  files: ['/project/src/schema.ts'],
  casing: null,
  environment: { files: [], values: {} },
  overlay: new Map(),
  previous: null,
  folder: new Map(),
  patience: 60_000,
}

function ended(more: Partial<Ended> = {}): Ended {
  return {
    code: 1,
    timedOut: false,
    stdout: '',
    stderr: '',
    trace: null,
    file: () => null,
    ...more,
  }
}

describe('why there is no answer', () => {
  test.each([
    ['the time is up', ended({ timedOut: true }), null, 'it did not finish within 60 seconds'],
    [
      'an error of the schema, with its file',
      ended(),
      { message: 'no such luck', file: '/project/src/schema.ts' },
      'src/schema.ts: no such luck',
    ],
    [
      'an error that names its place',
      ended(),
      {
        message:
          'Transform failed with 1 error:\n/project/src/schema.ts:3:1: ERROR: Unexpected "}"',
        file: '/project/src/schema.ts',
      },
      'src/schema.ts:3:1: ERROR: Unexpected "}"',
    ],
    [
      'an error of jiti',
      ended(),
      { message: 'ParseError: Unexpected token  \n /project/src/schema.ts:19:0', file: null },
      'src/schema.ts:19:0: ParseError: Unexpected token',
    ],
    [
      'an error with more lines',
      ended(),
      { message: "Cannot find module './x'\nRequire stack:\n- /project/src/schema.ts", file: null },
      "Cannot find module './x'",
    ],
    ['colours', ended(), { message: '\u001B[31mbad\u001B[39m', file: null }, 'bad'],
    [
      'the last words',
      ended({
        stderr: 'Reading config file\nError: it failed\n    at x (y.js:1:1)\n\nNode.js v20.20.2\n',
      }),
      null,
      'Error: it failed',
    ],
    ['no words at all', ended({ code: 7 }), null, 'drizzle-kit ended with exit code 7'],
    ['a signal', ended({ code: null }), null, 'drizzle-kit ended with exit code none'],
    [
      'an end of its own',
      ended({
        trace: {
          reads: [],
          absent: [],
          env: {},
          values: {},
          packages: [],
          endedBy: '/project/src/db.ts',
        },
      }),
      null,
      'src/db.ts ends the process (process.exit)',
    ],
  ] as const)('%s', (_name, end, error, reason) => {
    expect(failure(question, end, error).reason).toBe(reason)
  })

  test('a text without end is cut', () => {
    expect(
      failure(question, ended(), { message: 'x'.repeat(5000), file: null }).reason,
    ).toHaveLength(300)
  })

  test('the help names the config where it is to blame', () => {
    const help = (file: string) => failure(question, ended(), { message: 'bad', file }).help
    expect(help('/project/drizzle.config.ts')).toContain('the drizzle config')
    expect(help('/project/src/schema.ts')).toContain('the schema')
  })

  test('another environment helps against everything but patience', () => {
    expect(failure(question, ended({ timedOut: true }), null).mayRetry).toBe(false)
    expect(failure(question, ended(), null).mayRetry).toBe(true)
  })
})
