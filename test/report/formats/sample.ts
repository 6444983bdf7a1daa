import type { CheckResult } from '../../../src/check/result.ts'
import { wholeAccount } from '../../../src/check/account.ts'
import { FILE, finding, rangeOf, result } from '../fixtures.ts'

export const SQL = `-- 🦉é\nALTER TABLE "users" DROP COLUMN "email";\nCREATE INDEX a\n  ON "users" ("name");\n`

/** A check that has one of each: an error, warnings, something suppressed, a fix, a problem. */
export function sample(given: Parameters<typeof result>[0] = {}): CheckResult {
  const edit = { file: FILE, range: rangeOf(SQL, 'DROP COLUMN'), text: 'RENAME COLUMN' }
  return result({
    findings: [
      finding({
        rule: 'slow-thing',
        severity: 'warn',
        category: 'blocks-traffic',
        object: 'a',
        range: rangeOf(SQL, 'CREATE INDEX a\n  ON "users"'),
        message: 'Building a blocks writes.',
        help: 'Build it apart.',
      }),
      finding({
        rule: 'drop-thing',
        range: rangeOf(SQL, '"email"'),
        fix: { title: 'Rename it', edits: [edit] },
      }),
      finding({ rule: 'other-thing', object: null, help: '' }),
      finding({ object: 'users.a', suppressed: { reason: 'unused since v42', inSource: true } }),
      finding({ object: 'users.b', suppressed: { reason: 'agreed' } }),
    ],
    problems: [{ message: 'no such folder: drizzle', file: 'drizzle.config.ts', help: 'Make it.' }],
    texts: { [FILE]: SQL },
    projects: [wholeAccount('drizzle.config.ts', { state: 'compared' })],
    ...given,
  })
}

/** What of a repository could be taken for markup. */
export const MARKUP = [
  '<img src=x onerror=alert(1)>',
  '</code></pre><script>alert(1)</script>',
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  'https://evil.example/ and www.evil.example',
  '`` ` ``',
  '```\nend',
  '*bold* _under_ ~~gone~~ $x$ :tada:',
  '# heading',
  '- item',
  '1. item',
  '> quote',
  'a | b',
  '&lt;b&gt; &amp;',
  ']]> --> "quotes" \'too\'',
  '\ud800 \uffff',
  '100% %0A',
  'a,b:c=d',
]
