const DOCS = 'https://github.com/migration-lint/migration-lint/blob/main/docs/rules'

/** Where a rule is explained on the web. */
export function ruleUrl(rule: string): string {
  return `${DOCS}/${rule}.md`
}
