import type { Argument, CallExpression, Expression, NewExpression } from 'oxc-parser'
import { fileUrl, pathCall } from './paths.ts'
import { asString } from './runtime.ts'
import type { Module, Read } from './runtime.ts'
import { literal, unreadable } from './value.ts'
import type { Value } from './value.ts'
import { calleeName } from './walk.ts'

/** Calls of functions that are not declared in the module; null for those that must be run. */
export function builtinCall(node: CallExpression, { mode }: Module, read: Read): Value | null {
  const name = calleeName(node.callee)
  if (name === null) return null
  const [first] = node.arguments
  // defineConfig and Object.freeze return what they are given.
  if (name === 'defineConfig' || name === 'freeze') return first ? value(first, read) : null
  if (mode === 'certain') return null
  if (name === 'cwd') return literal('.')
  if (name === 'replace' || name === 'replaceAll') return replaced(node, read)
  if (node.callee.type === 'MemberExpression' && !isPathModule(node.callee.object)) return null
  const args = strings(node.arguments, read)
  const path = args === null ? undefined : pathCall(name, args)
  return path === undefined ? null : literal(path)
}

/** `new URL(path, import.meta.url)`; null for every other construction. */
export function builtinNew(node: NewExpression, read: Read): Value | null {
  if (calleeName(node.callee) !== 'URL') return null
  const [path, base] = strings(node.arguments, read) ?? []
  const url = path !== undefined && base !== undefined ? fileUrl(path, base) : undefined
  return url === undefined ? null : literal(url)
}

/** By its name, as `join` and `resolve` are also methods of arrays, `require` and promises. */
function isPathModule(node: Expression): boolean {
  if (node.type === 'MemberExpression') {
    const name = calleeName(node)
    return (name === 'posix' || name === 'default') && isPathModule(node.object)
  }
  return node.type === 'Identifier' && /path|posix|url/i.test(node.name)
}

function replaced(node: CallExpression, read: Read): Value | null {
  const [pattern, replacement] = node.arguments
  if (node.callee.type !== 'MemberExpression' || !pattern || !replacement) return null
  const text = asString(read(node.callee.object))
  const by = asString(value(replacement, read))
  if (text === undefined || by === undefined) return null
  if (pattern.type === 'Literal' && 'regex' in pattern) {
    return literal(text.replace(new RegExp(pattern.regex.pattern, pattern.regex.flags), by))
  }
  const from = asString(value(pattern, read))
  if (from === undefined) return null
  const all = calleeName(node.callee) === 'replaceAll'
  return literal(all ? text.replaceAll(from, by) : text.replace(from, by))
}

/** The value of an argument. */
export function value(arg: Argument, read: Read): Value {
  return arg.type === 'SpreadElement' ? unreadable('it spreads its arguments') : read(arg)
}

function strings(args: readonly Argument[], read: Read): string[] | null {
  const texts: string[] = []
  for (const arg of args) {
    const text = asString(value(arg, read))
    if (text === undefined) return null
    texts.push(text)
  }
  return texts
}
