import { isDeepStrictEqual } from 'node:util'
import { type Document, isCollection, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { lineEndOf } from '../json/lineEnds.ts'

/**
 * A YAML text with one more entry in a map or list, the rest as it is written.
 *
 * @param path - the keys that lead to the map or list; those that are missing are made
 * @param entry - the lines of the entry, without indentation: `name:` and what is below it, or `- …`
 * @returns null where it cannot be put there without rewriting what is written
 */
export function withEntry(
  text: string,
  path: readonly string[],
  entry: readonly string[],
): string | null {
  const end = lineEndOf(text)
  const document = parseDocument(text)
  if (document.errors.length > 0) return null
  if (document.contents !== null && !isMap(document.contents)) return null
  let known = path.length
  while (known > 0 && !document.hasIn(path.slice(0, known))) known--
  const lines = nested(path.slice(known), entry)
  const place = known === 0 ? document.contents : document.getIn(path.slice(0, known), true)
  if (place === null || (isScalar(place) && place.value === null)) {
    if (known > 0) return null
    return sound(
      `${text}${text === '' || text.endsWith('\n') ? '' : end}${lines.join(end)}${end}`,
      text,
      path,
      entry,
    )
  }
  if (!isCollection(place) || place.flow === true || place.items.length === 0) return null
  const first = isSeq(place) ? place.range![0] : firstKey(place)
  if (first === null) return null
  const column = first - (text.lastIndexOf('\n', first - 1) + 1)
  const indent = text.slice(first - column, first)
  if (indent.trim() !== '') return null
  let last = place.range![1]
  while (/\s/.test(text[last - 1] ?? '')) last--
  const at = endOfLine(text, last)
  const added = lines.map((line) => end + indent + line).join('')
  return sound(
    text.slice(0, at) + added + (at === text.length ? end : '') + text.slice(at),
    text,
    path,
    entry,
  )
}

/**
 * A YAML text without an entry that `withEntry` has made, and without the keys that only it was in.
 *
 * @returns the text itself where the entry is not in it as it was written
 */
export function withoutEntry(
  text: string,
  path: readonly string[],
  entry: readonly string[],
): string {
  const end = lineEndOf(text)
  const all = text.split(end)
  for (let depth = 0; depth <= path.length; depth++) {
    const wanted = nested(path.slice(depth), entry)
    const at = placeOf(all, wanted)
    if (at === null) continue
    all.splice(at, wanted.length)
    return all.join(end)
  }
  return text
}

/** What a YAML text says; undefined where it is broken. */
export function readYaml(text: string): unknown {
  const document = parseDocument(text)
  return document.errors.length > 0 ? undefined : toValue(document)
}

function nested(keys: readonly string[], entry: readonly string[]): readonly string[] {
  return keys.reduceRight<readonly string[]>(
    (lines, key) => [`${key}:`, ...lines.map((line) => `  ${line}`)],
    entry,
  )
}

function firstKey(map: { items: readonly unknown[] }): number | null {
  const key = (map.items[0] as { key?: { range?: [number, number, number] } } | undefined)?.key
  return key?.range?.[0] ?? null
}

function endOfLine(text: string, at: number): number {
  const next = text.slice(at).search(/\r?\n/)
  return next < 0 ? text.length : at + next
}

/** The edited text, if it says what the old one says and the entry besides; else null. */
function sound(
  edited: string,
  text: string,
  path: readonly string[],
  entry: readonly string[],
): string | null {
  const after = readYaml(edited)
  const added = readYaml(entry.join('\n'))
  const before = structuredClone(readYaml(text) ?? {}) as Record<string, unknown>
  let at: unknown = before
  for (const [i, key] of path.entries()) {
    const map = at as Record<string, unknown>
    map[key] ??= i === path.length - 1 && Array.isArray(added) ? [] : {}
    at = map[key]
  }
  if (Array.isArray(at)) at.push(...(added as unknown[]))
  else Object.assign(at as object, added)
  return isDeepStrictEqual(after, before) ? edited : null
}

function toValue(document: Document): unknown {
  return document.toJS({ maxAliasCount: -1 }) as unknown
}

/** Where some lines stand, all of them indented by the same. */
function placeOf(all: readonly string[], wanted: readonly string[]): number | null {
  const [first = ''] = wanted
  for (let at = 0; at + wanted.length <= all.length; at++) {
    const line = all[at] ?? ''
    if (line.trimStart() !== first) continue
    const indent = line.slice(0, line.length - first.length)
    if (wanted.every((one, i) => all[at + i] === indent + one)) return at
  }
  return null
}
