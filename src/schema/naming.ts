/** One template or several, any of which will do. */
export type PatternOption = string | readonly string[]

/** What a template's placeholders stand for; null where it is not known. */
interface Given {
  readonly table: string | null
  readonly columns: readonly (string | null)[]
  readonly referenced?: string | null
}

/** Whether a name matches a regular expression; an empty one allows all. */
export function matchesName(name: string, pattern: string): boolean {
  return pattern === '' || new RegExp(pattern, 'u').test(name)
}

/**
 * Whether a written name follows one of the templates.
 *
 * @param name - null and undefined for names that are not written out: nothing to judge
 * @returns null if it does, or if a template needs what is not known; else what it should be
 */
export function templateMatches(
  name: string | null | undefined,
  templates: PatternOption,
  { table, columns, referenced }: Given,
): { readonly name: string; readonly pattern: string } | null {
  const allowed = typeof templates === 'string' ? [templates] : templates
  if (typeof name !== 'string' || allowed.length === 0) return null
  const joined = columns.every((column) => column !== null) ? columns.join('_') : null
  const values = { table, column: joined, referenced: referenced ?? null }
  const expected = allowed.map((template) => filled(template, values))
  if (expected.some((one) => one === null || one === name)) return null
  return { name, pattern: expected.map((one) => `"${one}"`).join(' or ') }
}

function filled(template: string, values: Readonly<Record<string, string | null>>): string | null {
  let isKnown = true
  const text = template.replace(/\{(\w+)\}/g, (placeholder, key: string) => {
    const value = values[key]
    if (value === null) isKnown = false
    return value ?? placeholder
  })
  return isKnown ? text : null
}
