import type { SchemaExample, SchemaRule } from '../lint/schemaRule.ts'
import { GENERATED, cell } from './markdown.ts'

/** The page in docs/rules of a rule on schema files, as Markdown. */
export function renderSchemaRuleDocs(name: string, { meta }: SchemaRule): string {
  const { docs } = meta
  const options = optionLines(meta)
  const sections = [
    GENERATED,
    `# ${name}`,
    sentence(docs.description),
    `A rule for ESLint, on Drizzle schema files. Preset: ${preset(docs)}.${fixesItself(meta)}`,
    `## Why\n\n${docs.why}`,
    `## What to do instead\n\n${docs.instead}`,
    ...(options.length > 0 ? [`## Options\n\n${options.join('\n')}`] : []),
    '## Reported',
    ...docs.examples.bad.map(renderExample),
    '## Not reported',
    ...docs.examples.good.map(renderExample),
  ]
  return `${sections.join('\n\n')}\n`
}

/** The rule's line in the index. */
export function schemaRuleRow(name: string, { meta: { docs } }: SchemaRule): string {
  return `| [${name}](${name}.md) | ${preset(docs)} | ${cell(sentence(docs.description))} |`
}

/** ESLint's descriptions begin with `require` or `disallow`, in lower case. */
function sentence(description: string): string {
  return description.charAt(0).toUpperCase() + description.slice(1)
}

function preset({ recommended }: SchemaRule['meta']['docs']): string {
  if (recommended === true) return 'recommended'
  return recommended === 'strict' ? 'strict' : 'none'
}

function fixesItself({ fixable, hasSuggestions }: SchemaRule['meta']): string {
  if (fixable) return ' `--fix` fixes it.'
  return hasSuggestions ? ' The editor offers a suggestion.' : ''
}

function optionLines({ schema, defaultOptions }: SchemaRule['meta']): string[] {
  const [given] = Array.isArray(schema) ? schema : []
  const [defaults = {}] = (defaultOptions ?? []) as Record<string, unknown>[]
  return Object.entries(given?.properties ?? {}).map(([name, { description }]) => {
    const value = JSON.stringify(defaults[name]) as string | undefined
    return `- ${name}: ${description}${value === undefined ? '' : ` Default: \`${value}\`.`}`
  })
}

function renderExample({ name, code, options = [], migrations }: SchemaExample): string {
  const given = options.map((option) => `// Options: ${JSON.stringify(option)}\n`).join('')
  const sql =
    migrations === undefined
      ? ''
      : `Migrations:\n\n\`\`\`sql\n${migrations.trim()}\n\`\`\`\n\nSchema:\n\n`
  return `### ${name}\n\n${sql}\`\`\`ts\n${given}${code.trim()}\n\`\`\``
}
