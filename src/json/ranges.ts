import type { Range } from '../finding/finding.ts'

/**
 * Where a value stands in a JSON text, so that a finding or an edit can point at it.
 *
 * @param text - valid JSON
 * @param path - keys and positions that lead to it: `['entries', 3, 'when']`
 * @returns the range of the value; null where there is none
 */
export function jsonRange(text: string, path: readonly (string | number)[]): Range | null {
  let at = start(text)
  for (const step of path) {
    const next = childOf(text, at, step)
    if (next === null) return null
    at = next
  }
  return { start: at, end: endOfValue(text, at) }
}

/** Where a JSON text starts to be none; null where it is valid. */
export function jsonErrorAt(text: string): number | null {
  try {
    const end = validValue(text, start(text))
    return skip(text, end) === text.length ? null : skip(text, end)
  } catch (error) {
    if (error instanceof JsonError) return Math.min(error.at, text.length)
    throw error
  }
}

class JsonError extends Error {
  readonly at: number

  constructor(at: number) {
    super(`not JSON from ${at}`)
    this.at = at
  }
}

const SPACE = /[\s,:\uFEFF]*/y
const STRICT_SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const SCALAR =
  /"(?:[^"\\\n]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

function start(text: string): number {
  return after(SPACE, text, 0) ?? 0
}

function skip(text: string, at: number): number {
  return after(STRICT_SPACE, text, at) ?? at
}

function after(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function childOf(text: string, parent: number, step: string | number): number | null {
  const isObject = text[parent] === '{'
  if (text[parent] !== (typeof step === 'string' ? '{' : '[')) return null
  let at = after(SPACE, text, parent + 1) ?? parent
  for (let i = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; i++) {
    let key: unknown = i
    if (isObject) {
      const end = endOfValue(text, at)
      key = JSON.parse(text.slice(at, end))
      at = after(SPACE, text, end) ?? end
    }
    if (key === step) return at
    const end = endOfValue(text, at)
    at = after(SPACE, text, end) ?? end
  }
  return null
}

/** The end of a value, whose inside is only looked at for brackets and strings. */
function endOfValue(text: string, from: number): number {
  let depth = 0
  let at = from
  while (at < text.length) {
    const char = text[at]
    if (char === '"') at = after(STRING, text, at) ?? text.length
    else {
      if (char === '{' || char === '[') depth++
      else if (char === '}' || char === ']') depth--
      else if (depth === 0) return after(/[^\s,}\]]*/y, text, at) ?? at
      at++
    }
    if (depth === 0) return at
  }
  return at
}

function validValue(text: string, at: number): number {
  const open = text[at]
  if (open !== '{' && open !== '[') {
    const end = after(SCALAR, text, at)
    if (end === null) throw new JsonError(at)
    return end
  }
  const close = open === '{' ? '}' : ']'
  let next = skip(text, at + 1)
  if (text[next] === close) return next + 1
  for (;;) {
    if (open === '{') {
      if (text[next] !== '"') throw new JsonError(next)
      next = skip(text, validValue(text, next))
      if (text[next] !== ':') throw new JsonError(next)
      next = skip(text, next + 1)
    }
    next = skip(text, validValue(text, next))
    if (text[next] === close) return next + 1
    if (text[next] !== ',') throw new JsonError(next)
    next = skip(text, next + 1)
  }
}
