import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { wholeAccount } from '../../../src/check/account.ts'
import { checkstyle } from '../../../src/report/formats/checkstyle.ts'
import { junit } from '../../../src/report/formats/junit.ts'
import { installed } from '../../installed.ts'
import { FILE, finding, formatOptions, result } from '../fixtures.ts'
import { MARKUP, sample } from './sample.ts'

interface Element {
  readonly textContent: string
  getAttribute(name: string): string | null
  getElementsByTagName(name: string): Iterable<Element>
}
const load = createRequire(path.join(installed({ '@xmldom/xmldom': '0.9.12' }), 'package.json'))
const { DOMParser } = load('@xmldom/xmldom') as {
  DOMParser: new (options: object) => { parseFromString(text: string, type: string): Element }
}

/** Throws for everything that is not well-formed. */
function read(xml: string): Element {
  const onError = (level: string, message: string) => {
    if (level !== 'warning') throw new Error(`${level}: ${message}`)
  }
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml')
}

const all = (element: Element, name: string) => [...element.getElementsByTagName(name)]

test('checkstyle: files with their errors, from the top of the repository', () => {
  const document = read(checkstyle(sample(), formatOptions({ cwd: '/repo/apps/web' })))
  const files = all(document, 'file').map((file) => [
    file.getAttribute('name'),
    all(file, 'error').map((error) =>
      ['line', 'column', 'severity', 'source'].map((name) => error.getAttribute(name)),
    ),
  ])
  expect(files).toEqual([
    ['drizzle.config.ts', [[null, null, 'error', 'migration-lint.could-not-check']]],
    [
      FILE,
      [
        ['3', '1', 'warning', 'migration-lint.slow-thing'],
        ['2', '33', 'error', 'migration-lint.drop-thing'],
        [null, null, 'error', 'migration-lint.other-thing'],
      ],
    ],
  ])
})

test('junit: an error has failed, a warning has passed, what is suppressed is skipped', () => {
  const document = read(junit(sample(), formatOptions()))
  const suites = all(document, 'testsuite').map((suite) =>
    ['name', 'tests', 'failures', 'errors', 'skipped'].map((name) => suite.getAttribute(name)),
  )
  expect(suites).toEqual([
    ['migration-lint', '1', '0', '1', '0'],
    ['drizzle.config.ts', '8', '2', '0', '2'],
  ])
  const tests = all(document, 'testcase').map((one) => [
    one.getAttribute('name'),
    ...['failure', 'error', 'skipped', 'system-out'].filter((name) => all(one, name).length > 0),
  ])
  expect(tests).toEqual([
    ['drizzle.config.ts', 'error'],
    ['sync'],
    ['history'],
    ['migration'],
    ['slow-thing a', 'system-out'],
    ['drop-thing users.email', 'failure'],
    ['other-thing', 'failure'],
    ['drop-column users.a', 'skipped'],
    ['drop-column users.b', 'skipped'],
  ])
  expect(all(document, 'failure')[0]!.textContent).toBe(
    `${FILE}:2:33\nDropping users.email deletes its data.\nDrop it in the deployment after the next.`,
  )
})

test('junit: a family that is switched off is skipped, and says by what', () => {
  const projects = [wholeAccount('a.config.ts', { state: 'off', reason: '--only' })]
  const document = read(junit(result({ projects }), formatOptions()))
  expect(all(document, 'skipped').map((one) => one.getAttribute('message'))).toEqual(
    Array(3).fill('--only'),
  )
})

describe('is well-formed and says what is there', () => {
  test.each(MARKUP)('%j', (text) => {
    const outcome = result({
      findings: [finding({ file: text, object: text, message: text, help: text, project: text })],
    })
    const shown = text.replace('\n', ' ').replace(/[\ud800\uffff]/g, '\ufffd')
    const [error] = all(read(checkstyle(outcome, formatOptions())), 'error')
    expect(error!.getAttribute('message')).toBe(`${shown} ${shown}`)
    const [failure] = all(read(junit(outcome, formatOptions())), 'failure')
    expect(failure!.getAttribute('message')).toBe(shown)
  })
})
