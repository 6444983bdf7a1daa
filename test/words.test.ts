import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '..')

/** Words that no engineer who works in English writes, each with what it is called instead. */
const FOREIGN: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\banew\b/, 'again; rebuilds, rewrites'],
  [/\blies ahead\b/, 'is in the future'],
  [/\bmend(?:s|ed)?\b/, 'fix'],
  [/\bhang together\b/, 'is broken'],
  [/\bhas got (?:another|a new) name\b/, 'was renamed'],
  [/\bnothing tells\b/, 'there is nothing to confirm it'],
  [/\b(?:for done|takes? [\w ]{1,30} for (?:done|deleted|granted|the truth))\b/, 'treats … as'],
  [/\bdo without\b/, 'skip, avoid'],
  [/\bin truth\b/, 'actually'],
  [/\bwithout a word\b/, 'silently'],
  [/\ball the same\b/, 'anyway, still'],
  [/\bmade again\b|\bmakes? it again\b/, 'recreated'],
  [/\bis told\b/, 'knows'],
  [/\bis what is the case\b/, 'holds'],
  [/\bforeign keys act\b/, 'are enforced'],
  [/\bin one go\b/, 'at the same time'],
  [
    /(?<!there )\bis no (?:migration|snapshot|file|string|object|array|branch|shell|regular|number|date)\b/,
    'is not a',
  ],
  [/\breads? all of\b|\bread in full\b/, 'scans'],
  [/\brefers? to none\b/, 'has no match'],
  [/\bstands? (?:in|at|before|behind|above) (?:the|a|it|its|what)\b/, 'is'],
  [/\ba quiet hour\b/, 'a time of low traffic'],
  [/\b(?:READ ROWS|SET TABLE STORAGE|CLUSTER TABLE|Unmodelled)\b/, 'an internal word'],
]

function filesIn(folder: string, extension: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension) && !name.includes('node_modules'))
    .map((name) => path.join(folder, name))
}

/** What a program prints: the texts of its string literals, not its comments. */
function texts(file: string): string[] {
  const source = readFileSync(path.join(root, file), 'utf8')
  const bare = source.replace(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '')
  return [...bare.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map(
    ([text]) => text,
  )
}

test('messages, descriptions and help use the words of the field', () => {
  const programs = [...filesIn('rules', '.ts'), ...filesIn('src', '.ts')]
  const pages = ['README.md', ...filesIn('docs', '.md')]
  const said = [
    ...programs.flatMap((file) => texts(file).map((text) => ({ file, text }))),
    ...pages.map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') })),
  ]
  const found = said.flatMap(({ file, text }) =>
    FOREIGN.flatMap(([pattern, instead]) => {
      const match = pattern.exec(text)
      // Identifiers and data are one word.
      return match && text.includes(' ') ? [`${file}: "${match[0]}" (${instead})`] : []
    }),
  )
  expect(found).toEqual([])
})
