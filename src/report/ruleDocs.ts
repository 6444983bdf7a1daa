import type { SchemaRule } from '../lint/schemaRule.ts'
import type { DialectName } from '../dialects/names.ts'
import { dialectOf } from '../dialects/registry.ts'
import type { Example } from '../lint/rule.ts'
import type { DocumentedRule } from './explanation.ts'
import { GENERATED, cell } from './markdown.ts'
import { exampleFiles, optionLines, severities } from './ruleFacts.ts'
import { renderSchemaRuleDocs, schemaRuleRow } from './schemaRuleDocs.ts'

/** ESLint's rules on schema files, by name. */
export type SchemaRules = Readonly<Record<string, SchemaRule>>

/** A rule's page in docs/rules, as Markdown. */
export function renderRuleDocs({ name, meta }: DocumentedRule): string {
  const { docs, options = {} } = meta
  const sections = [
    GENERATED,
    `# ${name}`,
    docs.description,
    `Severity: ${severities(meta)}. Category: ${docs.category}.${inEslint(name, docs)}`,
    `## Why\n\n${docs.why.trim()}`,
    `## What to do instead\n\n${docs.instead.trim()}`,
  ]
  if (Object.keys(options).length > 0) {
    sections.push(
      `## Options\n\n${optionLines(options)
        .map((line) => `- ${line}`)
        .join('\n')}`,
    )
  }
  for (const [title, examples] of [
    ['Reported', docs.examples?.bad ?? []],
    ['Not reported', docs.examples?.good ?? []],
  ] as const) {
    if (examples.length > 0) sections.push(`## ${title}`, ...examples.map(renderExample))
  }
  sections.push(...dialectSections(meta))
  return `${sections.join('\n\n')}\n`
}

/** The index of all rules' pages, in the order of the rules. */
export function renderIndex(
  rules: readonly DocumentedRule[],
  schemaRules: SchemaRules = {},
): string {
  const rows = rules.map(({ name, meta }) => {
    const cells = [`[${name}](${name}.md)`, severities(meta), meta.docs.category, serversOf(meta)]
    return `| ${[...cells, cell(meta.docs.description)].join(' | ')} |`
  })
  const table = [
    '| Rule | Severity | Category | Database | What it reports |',
    '| --- | --- | --- | --- | --- |',
  ]
  const sections = [GENERATED, '# Rules', [...table, ...rows].join('\n')]
  const schemaRows = Object.entries(schemaRules).map(([name, rule]) => schemaRuleRow(name, rule))
  if (schemaRows.length > 0) {
    const heading = ['| Rule | Preset | What it asks for |', '| --- | --- | --- |']
    sections.push('## On Drizzle schema files, for ESLint', [...heading, ...schemaRows].join('\n'))
  }
  return `${sections.join('\n\n')}\n`
}

/** All generated pages: content by file name within docs/rules. */
export function renderAllDocs(
  rules: readonly DocumentedRule[],
  schemaRules: SchemaRules = {},
): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', renderIndex(rules, schemaRules)],
    ...rules.map((rule) => [`${rule.name}.md`, renderRuleDocs(rule)] as const),
    ...Object.entries(schemaRules).map(
      ([name, rule]) => [`${name}.md`, renderSchemaRuleDocs(name, rule)] as const,
    ),
  ])
}

/** What is no rule on SQL holds whatever the database is. */
function serversOf({ dialects = 'all' }: DocumentedRule['meta']): string {
  return dialects === 'all'
    ? 'all'
    : dialects.map((name) => dialectOf(name).words.server).join(', ')
}

/** Rules on SQL, which are those with examples, run in ESLint too. */
function inEslint(name: string, { examples }: DocumentedRule['meta']['docs']): string {
  return examples ? ` In ESLint: \`migration-lint/${name}\`.` : ''
}

/** What the rule says of dialects in words of their own. */
function dialectSections({ wording = {} }: DocumentedRule['meta']): readonly string[] {
  return Object.entries(wording).flatMap(([name, own]) => {
    const { server } = dialectOf(name as DialectName).words
    const { bad, good } = own.examples
    return [
      `## On ${server}`,
      ...(own.description ? [`${own.description}.`] : []),
      own.why.trim(),
      own.instead.trim(),
      ...(bad.length > 0 ? [`### Reported on ${server}`, ...bad.map(renderExample)] : []),
      ...(good.length > 0 ? [`### Not reported on ${server}`, ...good.map(renderExample)] : []),
    ].map((section) => section.replace(/^### (?!Reported on|Not reported on)/, '#### '))
  })
}

function renderExample(example: Example): string {
  const files = exampleFiles(example).map(({ title, sql }) => `-- ${title}\n${sql}`)
  return `### ${example.name}\n\n\`\`\`sql\n${files.join('\n\n')}\n\`\`\``
}
