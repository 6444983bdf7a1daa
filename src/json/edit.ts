import { applyEdits, modify, parse } from 'jsonc-parser'
import { lineEndOf } from './lineEnds.ts'

/** Keys and positions that lead to a value; -1 is the place after a list's last one. */
export type JsonPath = readonly (string | number)[]

/** What a JSON text with or without comments says; undefined where it is no JSON. */
export function readJson(text: string): unknown {
  const errors: unknown[] = []
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors as never[], {
    allowTrailingComma: true,
  })
  return errors.length > 0 ? undefined : value
}

/** The value at a path; undefined where there is none. */
export function valueAt(text: string, path: JsonPath): unknown {
  let value = readJson(text)
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/**
 * Sets a value in a JSON text, and leaves the rest as it is written, comments too.
 *
 * @param value - undefined takes the key out, and what it leaves empty too
 */
export function setJson(text: string, path: JsonPath, value: unknown): string {
  if (value === undefined) return withoutKey(text, path)
  return edited(text, path, value, neighbours(text, path))
}

function withoutKey(text: string, path: JsonPath): string {
  if (valueAt(text, path) === undefined) return text
  const parent = path.slice(0, -1)
  const around = valueAt(text, parent)
  const isLast = parent.length > 0 && Object.keys(around as object).length === 1
  return isLast ? withoutKey(text, parent) : edited(text, path, undefined, undefined)
}

function edited(
  text: string,
  path: JsonPath,
  value: unknown,
  insertionIndex: ((keys: string[]) => number) | undefined,
): string {
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
  const formattingOptions = {
    insertSpaces: !unit.startsWith('\t'),
    tabSize: unit.startsWith('\t') ? 1 : unit.length,
    eol: lineEndOf(text),
  }
  const edits = modify(text, [...path], value, {
    formattingOptions,
    ...(insertionIndex ? { getInsertionIndex: insertionIndex } : {}),
  })
  return applyEdits(text, edits)
}

/**
 * Where a new key goes: by the alphabet where the others are so (package managers sort dependencies),
 * first where a comment may stand behind the last, else last.
 */
function neighbours(text: string, path: JsonPath): ((keys: string[]) => number) | undefined {
  const key = path.at(-1)
  if (typeof key !== 'string') return undefined
  return (keys) => {
    const isSorted = keys.length > 1 && keys.every((one, i) => i === 0 || keys[i - 1]! <= one)
    const later = keys.findIndex((one) => one > key)
    if (isSorted && /ependencies$/.test(String(path.at(-2)))) return later < 0 ? keys.length : later
    return /\/[/*]/.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')) ? 0 : keys.length
  }
}
