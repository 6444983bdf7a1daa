import type { Rule } from '../lint/rule.ts'

const DOCS = 'https://github.com/migration-lint/migration-lint/blob/main/docs'

/** Where a rule of ours is explained on the web. */
export function ruleUrl(rule: string): string {
  return docUrl(`rules/${rule}`)
}

/** A page of the docs on the web, by its name without the ending. */
export function docUrl(page: string): string {
  return `${DOCS}/${page}.md`
}

/**
 * The same of any rule.
 *
 * @param rules - those of plugins (`acme/no-enums`) say it themselves
 * @returns null for a plugin's rule that does not
 */
export function urlOfRule(rule: string, rules: readonly Rule[] = []): string | null {
  if (!rule.includes('/')) return ruleUrl(rule)
  return rules.find(({ name }) => name === rule)?.meta.docs.url ?? null
}
