import { expect, test } from 'vitest'
import { github } from '../../../src/report/formats/github.ts'
import { FILE, finding, formatOptions, result } from '../fixtures.ts'
import { MARKUP, sample } from './sample.ts'

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly text: string
}

/** As the runner reads a line (actions/runner, ActionCommand.TryParseV2). */
function read(line: string): Command {
  const [, head, text] = /^::([^:]*(?:[^:]|:(?!:))*?)::(.*)$/.exec(line)!
  const at = head!.indexOf(' ')
  const properties = head!
    .slice(at + 1)
    .split(',')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)
  return {
    name: head!.slice(0, at),
    properties: Object.fromEntries(properties.map(([key, value]) => [key, unescape(value)])),
    text: unescape(text!),
  }
}

function unescape(text: string): string {
  const known: Readonly<Record<string, string>> = { '3A': ':', '2C': ',', '0A': '\n', '0D': '\r' }
  return text.replace(/%(3A|2C|0A|0D)/g, (_, code: string) => known[code]!).replaceAll('%25', '%')
}

const commands = (given: Parameters<typeof sample>[0] = {}) =>
  github(sample(given), formatOptions()).trimEnd().split('\n').map(read)

test('the worst come first, because GitHub shows ten; what is suppressed is not there', () => {
  expect(commands()).toEqual([
    {
      name: 'error',
      properties: { file: 'drizzle.config.ts', title: 'migration-lint' },
      text: 'could not check: no such folder: drizzle\nMake it.',
    },
    {
      name: 'error',
      properties: {
        file: FILE,
        line: '2',
        endLine: '2',
        col: '33',
        endColumn: '40',
        title: 'drop-thing users.email',
      },
      text: 'Dropping users.email deletes its data.\nDrop it in the deployment after the next.',
    },
    {
      name: 'error',
      properties: { file: FILE, title: 'other-thing' },
      text: 'Dropping users.email deletes its data.',
    },
    {
      name: 'warning',
      // Columns of several lines are refused by GitHub.
      properties: { file: FILE, line: '3', endLine: '4', title: 'slow-thing a' },
      text: 'Building a blocks writes.\nBuild it apart.',
    },
  ])
})

test('--quiet leaves warnings out', () => {
  const quiet = github(sample(), formatOptions({ quiet: true }))
  expect(quiet).not.toContain('::warning')
  expect(quiet).toContain('drop-thing')
})

test('nothing found is no command', () => {
  expect(github(result(), formatOptions())).toBe('')
})

test.each(MARKUP)('%j is read as it is', (text) => {
  const [line] = github(
    result({ findings: [finding({ file: text, object: text, message: text, help: '' })] }),
    formatOptions(),
  ).split('\n')
  const { properties, text: said } = read(line!)
  const expected = text.replaceAll('\n', ' ')
  expect(properties).toEqual({ file: expected, title: `drop-column ${expected}` })
  expect(said).toBe(text)
})
