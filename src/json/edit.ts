import { jsonRange } from './ranges.ts'

/**
 * Sets a value in a JSON text and leaves the rest as it is written.
 *
 * @param text - valid JSON; an object at the top
 * @param path - keys and positions; the objects and lists on the way that are missing are made
 */
export function setInJson(
  text: string,
  path: readonly (string | number)[],
  value: unknown,
): string {
  const there = jsonRange(text, path)
  if (there) return splice(text, there.start, there.end, write(text, value, path.length))
  const parent = path.slice(0, -1)
  const key = path.at(-1)
  const range = jsonRange(text, parent)
  if (key === undefined || !range) {
    return setInJson(text, parent, typeof key === 'number' ? [value] : { [String(key)]: value })
  }
  const name = typeof key === 'number' ? '' : `${JSON.stringify(key)}: `
  const member = name + write(text, value, path.length)
  const inside = text.slice(range.start + 1, range.end - 1)
  const filled = inside.trimEnd()
  const comma = filled.trim() === '' ? '' : ','
  const isFlat = comma !== '' && !inside.includes('\n')
  const space = isFlat ? ' ' : `${lineEnd(text)}${indent(text, path.length)}`
  const end = isFlat
    ? inside.slice(filled.length)
    : `${lineEnd(text)}${indent(text, path.length - 1)}`
  return splice(text, range.start + 1, range.end - 1, filled + comma + space + member + end)
}

function write(text: string, value: unknown, depth: number): string {
  const unit = indent(text, 1)
  return JSON.stringify(value, null, unit).replaceAll('\n', lineEnd(text) + unit.repeat(depth))
}

function indent(text: string, depth: number): string {
  return (/\n([ \t]+)\S/.exec(text)?.[1] ?? '  ').repeat(depth)
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function splice(text: string, start: number, end: number, part: string): string {
  return text.slice(0, start) + part + text.slice(end)
}
