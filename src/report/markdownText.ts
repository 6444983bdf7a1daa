import { printable } from './printable.ts'

/**
 * A text by others as prose of GitHub's and GitLab's Markdown: nothing in it is markup, a link, a
 * formula, a mention or a reference to an issue. The last two are code, which is copied as it is: a
 * message may print a command with `@scope/package`.
 */
export function mdText(text: string): string {
  return printable(text)
    .split(/(\s+)/)
    .map((word) => (/@\w|#\d/.test(word) ? mdCode(word) : escaped(word)))
    .join('')
    .replace(/^(\s*)([-+=]|\d+[.)])(?=\s|$|[-=])/, (_, margin: string, mark: string) => {
      return `${margin}${mark.slice(0, -1)}\\${mark.slice(-1)}`
    })
}

function escaped(word: string): string {
  return word
    .replace(/[\\`*_[\]<>|~!$&#:]/g, (character, at: number, all: string) => {
      const next = all[at + 1] ?? ''
      if (character === '&') return '&amp;'
      // Inside of a word it is no markup.
      if (character === '_' && /\w/.test(all[at - 1] ?? '') && /\w/.test(next)) return '_'
      if (character === '<') return '&lt;'
      if (character === ':') return /[\w/:+-]/.test(next) ? '&#58;' : ':'
      return `\\${character}`
    })
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`)
}

/** A name or a line of SQL by others as code. */
export function mdCode(text: string): string {
  const clean = printable(text)
  if (clean.trim() === '') return ''
  const fence = '`'.repeat(longestRun(clean) + 1)
  const pad = /^`|`$|^ .* $/.test(clean) ? ' ' : ''
  return `${fence}${pad}${clean}${pad}${fence}`
}

/**
 * Lines as a block of code.
 *
 * @param lines - without line breaks
 * @param indent - what the block stands in: a list needs its margin on every line
 */
export function mdBlock(lines: readonly string[], language: string, indent = ''): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1))
  return [`${fence}${language}`, ...lines, fence].map((line) => `${indent}${line}`.trimEnd())
}

/**
 * A message of a rule: its prose, and what it indents as code.
 *
 * @param indent - as of `mdBlock`
 */
export function mdMessage(text: string, indent = ''): string[] {
  const lines: string[] = []
  let code: string[] = []
  const flush = () => {
    if (code.length > 0) lines.push('', ...mdBlock(code, 'sql', indent), '')
    code = []
  }
  for (const line of text.split(/\r\n|[\n\r]/)) {
    if (/^\s{2,}\S/.test(line)) code.push(printable(line.trim()))
    else {
      flush()
      if (line.trim() !== '') lines.push(`${indent}${mdText(line.trim())}`)
    }
  }
  flush()
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
