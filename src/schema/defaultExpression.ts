import { type Expression, UNREAD_EXPRESSION } from '../catalog/expression.ts'
import { propertyOf, unwrap } from './ast.ts'
import { methodOf } from './chain.ts'
import type { DeclaredColumn } from './model.ts'

/** The functions behind drizzle's named defaults. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  defaultNow: 'now',
  defaultRandom: 'gen_random_uuid',
}

/**
 * A column's default as the database knows it: which functions it calls, which strings it holds.
 *
 * @returns null without one, for `serial` and identity, and for what only the application fills in
 */
export function defaultExpression({ methods, type, builder }: DeclaredColumn): Expression | null {
  for (const [method, name] of Object.entries(FUNCTIONS)) {
    if (methodOf(methods, method))
      return { ...UNREAD_EXPRESSION, functions: [{ schema: '', name }] }
  }
  const given = methodOf(methods, 'default')?.call.arguments[0]
  if (given === undefined) return null
  const value = unwrap(given)
  // null as JSON is a value: drizzle-kit writes 'null'::jsonb.
  if (value.type === 'Literal' && value.value === null && /^jsonb?$/.test(type?.name ?? ''))
    return { ...UNREAD_EXPRESSION, strings: ['null'] }
  if (value.type === 'Literal') {
    const strings = typeof value.value === 'string' ? [value.value] : []
    const form = isStoredAsWritten(builder) ? constantForm(value.value) : null
    return { ...UNREAD_EXPRESSION, strings, isNull: value.value === null, form }
  }
  if (value.type !== 'TaggedTemplateExpression') return UNREAD_EXPRESSION
  const text = value.quasi.quasis.map(({ value: { raw } }) => raw).join(' ')
  const functions = [...text.matchAll(/([a-z_]\w*)\s*\(/gi)].map(([, name = '']) =>
    name.toLowerCase(),
  )
  const strings = [...text.matchAll(/'((?:[^']|'')*)'/g)].map(([, string = '']) =>
    string.replaceAll("''", "'"),
  )
  const isNull = /^\s*null\s*$/i.test(text)
  return {
    ...UNREAD_EXPRESSION,
    isNull,
    strings,
    functions: functions.map((name) => ({ schema: '', name })),
  }
}

/** Modes in which the database gets what stands in the file. */
const PLAIN_MODES: readonly unknown[] = ['boolean', 'number', 'string', 'text', 'tuple', 'xy']

function isStoredAsWritten(builder: DeclaredColumn['builder']): boolean {
  const modes = (builder?.call.arguments ?? []).flatMap((given) => propertyOf(given, 'mode') ?? [])
  return modes.every((mode) => mode.type === 'Literal' && PLAIN_MODES.includes(mode.value))
}

/** A constant as `catalog/sameness.ts` compares it. */
function constantForm(value: unknown): string | null {
  if (typeof value === 'string') return JSON.stringify({ string: value })
  if (typeof value === 'number') return JSON.stringify({ number: String(value) })
  return typeof value === 'boolean' ? JSON.stringify({ boolean: value }) : null
}
