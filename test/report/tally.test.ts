import { describe, expect, test } from 'vitest'
import { exitCode, tally } from '../../src/report/tally.ts'
import { finding } from './fixtures.ts'

const error = finding()
const warning = finding({ severity: 'warn' })
const suppressed = finding({ suppressed: { reason: 'agreed' } })
const problem = { message: 'm', file: null, help: '' }

test('suppressed findings are neither errors nor warnings', () => {
  expect(tally([error, warning, warning, suppressed])).toEqual({
    errors: 1,
    warnings: 2,
    suppressed: 1,
  })
})

describe('the exit code', () => {
  test.each([
    ['nothing found', [], [], null, 0],
    ['warnings only', [warning, warning], [], null, 0],
    ['as many warnings as allowed', [warning, warning], [], 2, 0],
    ['one warning too many', [warning, warning], [], 1, 1],
    ['a warning where none is allowed', [warning], [], 0, 1],
    ['suppressed errors', [suppressed], [], 0, 0],
    ['an error', [error], [], null, 1],
    ['a problem', [], [problem], null, 2],
    ['an error and a problem', [error], [problem], null, 2],
  ])('%s', (_, findings, problems, maxWarnings, code) => {
    expect(exitCode({ findings, problems }, maxWarnings)).toBe(code)
  })
})
