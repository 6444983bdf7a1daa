const DOCS = 'https://github.com/migration-lint/migration-lint/blob/main/docs'

/** Where a rule is explained on the web. */
export function ruleUrl(rule: string): string {
  return docUrl(`rules/${rule}`)
}

/** A page of the docs on the web, by its name without the ending. */
export function docUrl(page: string): string {
  return `${DOCS}/${page}.md`
}
