import { type SchemaDifference, isSame } from './schemaDifference.ts'

/** A column whose default comes out differently each time the schema is loaded. */
export interface UnsteadyDefault {
  /** As SQL names it: `users.created_at`. */
  readonly object: string
  readonly table: string | null
}

/**
 * Whether two values could be outcomes of one computation (`new Date()`, `crypto.randomUUID()`): they
 * are alike but for letters and digits. A snapshot does not tell how its value came about.
 */
export function areAlike(a: unknown, b: unknown): boolean {
  return shapeOf(a) === shapeOf(b)
}

function shapeOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  if (/^'?-?\d+(?:\.\d+)?(?:e-?\d+)?'?$/.test(text)) return 'number'
  return /\d/.test(text) ? text.replace(/[\p{L}\p{N}]+/gu, 'x') : text
}

/** Whether nothing but the default of a column changed, and both sides are alike. */
export function mayBeUnsteady({ kind, change, content }: SchemaDifference): boolean {
  if (kind !== 'column' || change !== 'changed') return false
  const changed = JSON.parse(content) as readonly (readonly [string, unknown, unknown])[]
  return changed.every(([key, before, after]) => key === 'default' && areAlike(before, after))
}

/** Takes out what came only because the schema was loaded once more. */
export function withoutUnsteady(
  differences: readonly SchemaDifference[],
  again: readonly SchemaDifference[],
): { readonly differences: readonly SchemaDifference[]; readonly unsteady: UnsteadyDefault[] } {
  const isSteady = (one: SchemaDifference) =>
    !mayBeUnsteady(one) ||
    again.some(({ object, content }) => object === one.object && isSame(content, one.content))
  return {
    differences: differences.filter(isSteady),
    unsteady: differences
      .filter((one) => !isSteady(one))
      .map(({ object, table }) => ({ object, table })),
  }
}
