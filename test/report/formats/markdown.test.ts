import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { markdown } from '../../../src/report/formats/markdown.ts'
import { mdCode, mdMessage, mdText } from '../../../src/report/markdownText.ts'
import { installed } from '../../installed.ts'
import { FILE, finding, formatOptions, rangeOf, result } from '../fixtures.ts'
import { MARKUP, sample } from './sample.ts'

const entry = path.join(installed({ marked: '16.4.2' }), 'node_modules/marked/lib/marked.esm.js')
const { marked } = (await import(pathToFileURL(entry).href)) as {
  marked: { parse(text: string): string }
}

/** What a reader of the finished page sees. */
function seen(html: string): string {
  return html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#46;', '.')
    .replaceAll('&#58;', ':')
    .replaceAll('&amp;', '&')
    .trim()
}

test('the worst first, each with its lines of SQL', () => {
  const text = markdown(sample(), formatOptions())
  expect(text.split('\n#### ').map((block) => block.split('\n')[0])).toEqual([
    '**migration-lint: 2 errors, 1 warning, 2 suppressed, 1 thing not checked**',
    `**error** [\`drop-thing\`](https://github.com/migration-lint/migration-lint/blob/main/docs/rules/drop-thing.md) \`users.email\` in \`${FILE}\`, line 2`,
    expect.stringContaining('other-thing'),
    expect.stringContaining('**warning** [`slow-thing`]'),
  ])
  expect(text).toContain('**Could not check**: no such folder: drizzle\n\nMake it.')
  expect(text).toContain('> 2 | ALTER TABLE "users" DROP COLUMN "email";')
  expect(text).toContain('→ Drop it in the deployment after the next.')
  expect(
    text.endsWith('<sub>Judged 1 migration (3 statements), compared with origin/main.</sub>  \n'),
  ).toBe(true)
})

test('nothing found says so', () => {
  expect(markdown(result(), formatOptions())).toMatch(
    /^\*\*migration-lint: nothing found\*\*\n\n<sub>Judged/,
  )
})

test('where there is little room the rest is counted', () => {
  const findings = Array.from({ length: 50 }, (_, i) => finding({ object: `users.c${i}` }))
  const text = markdown(result({ findings }), formatOptions(), 4000)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4000)
  const shown = text.match(/^#### /gm)!.length
  expect(text).toContain(`… and ${50 - shown} more, in the log of the run.`)
})

test('what a message indents is code', () => {
  expect(mdMessage('drizzle-kit would write:\n    DROP TABLE "a_b";\nSo it is.')).toEqual([
    'drizzle-kit would write:',
    '',
    '```sql',
    'DROP TABLE "a_b";',
    '```',
    '',
    'So it is.',
  ])
})

test('mentions and references of GitHub are code, which is copied as it is', () => {
  expect(mdText('@octocat #12 npm i @a/b@1 c')).toBe('`@octocat` `#12` npm i `@a/b@1` c')
})

describe('is shown as it is, and is no markup', () => {
  test.each(MARKUP)('%j', (text) => {
    const shown = text.replace('\n', ' ').replace('\ud800', '\ufffd')
    for (const markup of [mdText(text), `**x** ${mdText(text)}`, mdCode(text)]) {
      const html = marked.parse(Buffer.from(markup).toString())
      expect(html).not.toMatch(/<(?!\/?(?:p|code|strong)>)/)
      expect(seen(html)).toContain(shown.trim())
    }
  })

  test.each(MARKUP)('%j in a whole outcome', (text) => {
    const sql = `SELECT ${text};`
    const outcome = result({
      findings: [
        finding({ file: 'a', object: text, message: text, help: text, range: rangeOf(sql, text) }),
      ],
      problems: [{ message: text, file: text, help: text }],
      texts: { a: sql },
      comparedWith: `compared with ${text}`,
    })
    const html = marked.parse(markdown(outcome, formatOptions()))
    expect(html).not.toMatch(
      /<(?!\/?(?:p|h4|sub|strong|code|pre|br|a href="https:\/\/github\.com\/migration-lint\/)\b|\/a>)/,
    )
    expect(html).not.toContain('href="https://evil')
  })
})
