import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DocumentedRule } from './explanation.ts'
import { type SchemaRules, renderAllDocs } from './ruleDocs.ts'

/**
 * Which pages of docs/rules do not say what the rules say: changed, missing, or of no rule.
 *
 * @param folder - docs/rules
 * @returns file names in order; empty where all is up to date
 */
export function docsDrift(
  rules: readonly DocumentedRule[],
  folder: string,
  schemaRules: SchemaRules = {},
): string[] {
  const expected = renderAllDocs(rules, schemaRules)
  const present = existsSync(folder) ? pages(folder) : []
  const drifted = [...expected].filter(([file, content]) => {
    return !present.includes(file) || readFileSync(join(folder, file), 'utf8') !== content
  })
  const superfluous = present.filter((file) => !expected.has(file))
  return [...drifted.map(([file]) => file), ...superfluous].sort()
}

/**
 * Rewrites docs/rules; pages of rules that are gone go too.
 *
 * @returns the file names that changed
 */
export function writeDocs(
  rules: readonly DocumentedRule[],
  folder: string,
  schemaRules: SchemaRules = {},
): string[] {
  const drift = docsDrift(rules, folder, schemaRules)
  const expected = renderAllDocs(rules, schemaRules)
  mkdirSync(folder, { recursive: true })
  for (const file of drift) {
    const content = expected.get(file)
    if (content === undefined) rmSync(join(folder, file))
    else writeFileSync(join(folder, file), content)
  }
  return drift
}

function pages(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.md'))
}
