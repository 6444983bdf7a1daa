import { printable } from './printable.ts'
import { displayWidth } from './width.ts'

/**
 * Breaks a text into lines, each below the first indented as deep as the first one's prefix.
 *
 * @param text - its own line breaks and leading spaces are kept
 * @param prefix - stands before the first line: `  help: `
 * @param width - columns there are; null means lines of any length
 */
export function wrap(text: string, prefix: string, width: number | null): string[] {
  const indent = ' '.repeat(displayWidth(prefix))
  const lines = text
    .trim()
    .split(/\r\n|\n/)
    .flatMap((line) => wrapLine(line, width === null ? null : width - indent.length))
  return lines.map((line, i) => `${i === 0 ? prefix : indent}${line}`.trimEnd())
}

/** A comment that is to be pasted: broken in two it would be SQL from its second line on. */
const UNBROKEN = /(-- migration-lint-disable-next-statement \S+ -- (?:<[^>]*>|[^.<]*[^.<\s])\.?)/

function wordsOf(part: string, at: number): string[] {
  return at % 2 === 1 ? [part] : part.split(/\s+/).filter((word) => word !== '')
}

function wrapLine(line: string, width: number | null): string[] {
  const clean = printable(line)
  if (width === null || displayWidth(clean) <= width) return [clean]
  const margin = /^\s*/.exec(clean)![0]
  const lines: string[] = []
  let current = ''
  for (const word of clean.trim().split(UNBROKEN).flatMap(wordsOf)) {
    const longer = current === '' ? margin + word : `${current} ${word}`
    if (current !== '' && displayWidth(longer) > width) {
      lines.push(current)
      current = margin + word
    } else current = longer
  }
  return [...lines, current]
}
