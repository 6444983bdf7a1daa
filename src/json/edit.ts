import { applyEdits, findNodeAtLocation, modify, parse, parseTree } from 'jsonc-parser'
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
  const tree = parseTree(text, [], { allowTrailingComma: true })
  const value = tree && findNodeAtLocation(tree, [...path])
  if (!value?.parent) return text
  // The member of an object, or the element of a list.
  const node = value.parent.type === 'property' ? value.parent : value
  const siblings = node.parent?.children ?? []
  if (siblings.length === 1 && path.length > 1) return withoutKey(text, path.slice(0, -1))
  const end = node.offset + node.length
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0
  const space = /\s*$/.exec(text.slice(0, node.offset))?.[0] ?? ''
  const isOwnLine = space.includes('\n')
  const from = isOwnLine || comma === 0 ? node.offset - space.length : node.offset
  const after = isOwnLine ? '' : (/^ */.exec(text.slice(end + comma))?.[0] ?? '')
  const to = end + comma + (comma > 0 ? after.length : 0)
  const before = siblings[siblings.indexOf(node) - 1]
  if (comma > 0 || before === undefined) return text.slice(0, from) + text.slice(to)
  const last = before.offset + before.length
  return text.slice(0, last) + text.slice(last, from).replace(',', '') + text.slice(to)
}

function edited(
  text: string,
  path: JsonPath,
  value: unknown,
  insertionIndex: ((keys: string[]) => number) | undefined,
): string {
  const insertion = insertionIndex ? { getInsertionIndex: insertionIndex } : {}
  if (isOnOneLine(text, path.slice(0, -1))) {
    const edits = modify(text, [...path], value, insertion)
    const spaced = edits.map((edit) => ({
      ...edit,
      content: edit.content.replace(/^,(?=\S)/, ', '),
    }))
    return applyEdits(text, spaced)
  }
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
  const formattingOptions = {
    insertSpaces: !unit.startsWith('\t'),
    tabSize: unit.startsWith('\t') ? 1 : unit.length,
    eol: lineEndOf(text),
  }
  const edits = modify(text, [...path], value, {
    formattingOptions,
    ...insertion,
  })
  return applyEdits(text, edits)
}

/** Whether something stands in an object or list and all of it on one line. */
function isOnOneLine(text: string, path: JsonPath): boolean {
  const tree = parseTree(text, [], { allowTrailingComma: true })
  const node = tree && findNodeAtLocation(tree, [...path])
  if (!node) return false
  const inside = text.slice(node.offset + 1, node.offset + node.length - 1)
  return inside.trim() !== '' && !inside.includes('\n')
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
