import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { shellWord } from '../../src/finding/shellWord.ts'

const WORDS = [
  'drizzle',
  'my app',
  "it's",
  'app/[id]/(group)',
  '$HOME/`x`',
  '~',
  '@scope/db',
  '-x',
  `a"b`,
  `it's $5`,
]

it.each(WORDS)('the shell reads %s as one word', (word) => {
  const command = `printf %s ${shellWord(word)}`
  expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(word)
})

it('what needs no quotes has none', () => {
  expect(['packages/db/drizzle', '0000_a.sql', ':/a'].map(shellWord)).toEqual([
    'packages/db/drizzle',
    '0000_a.sql',
    ':/a',
  ])
})

it('PowerShell, which knows no other escape, gets double quotes', () => {
  expect(shellWord("it's")).toBe(`"it's"`)
  expect(shellWord('@scope/db')).toBe(`'@scope/db'`)
})
