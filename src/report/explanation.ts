import type { DialectName } from '../dialects/names.ts'
import { dialectOf } from '../dialects/registry.ts'
import type { Example, MigrationRuleDocs, MigrationRuleMeta, Rule } from '../lint/rule.ts'
import type { Paint } from './paint.ts'
import { exampleFiles, optionLines, severities } from './ruleFacts.ts'
import { urlOfRule } from './ruleUrl.ts'
import { wrap } from './wrap.ts'

/** What explaining a rule needs of it. */
export interface DocumentedRule extends Rule {
  readonly meta: Rule['meta'] & {
    readonly docs: Partial<Pick<MigrationRuleDocs, 'examples'>>
    readonly wording?: MigrationRuleMeta['wording']
    readonly dialects?: MigrationRuleMeta['dialects']
  }
}

/** A rule explained in a terminal: what it reports, why, what to do instead, examples. */
export function explanation(rule: DocumentedRule, width: number | null, paint: Paint): string {
  const { docs, options = {} } = rule.meta
  const heading = (text: string) => ['', paint('bold', text)]
  const lines = [
    `${paint('bold', rule.name)}  ${severities(rule.meta)}, ${docs.category}`,
    ...wrap(docs.description, '', width),
    ...(docs.why === '' ? [] : [...heading('Why'), ...wrap(docs.why, '  ', width)]),
    ...(docs.instead === '' ? [] : [...heading('Instead'), ...wrap(docs.instead, '  ', width)]),
  ]
  if (Object.keys(options).length > 0) {
    lines.push(...heading('Options'))
    for (const line of optionLines(options)) lines.push(...wrap(line, '  ', width))
  }
  for (const example of docs.examples?.bad ?? []) lines.push(...exampleBlock('Bad', example, paint))
  for (const example of docs.examples?.good ?? [])
    lines.push(...exampleBlock('Good', example, paint))
  for (const [name, own] of Object.entries(rule.meta.wording ?? {})) {
    const { server } = dialectOf(name as DialectName).words
    lines.push(...heading(`On ${server}`))
    if (own.description) lines.push(...wrap(`${own.description}.`, '  ', width))
    lines.push(...wrap(own.why, '  ', width), '', ...wrap(own.instead, '  ', width))
    for (const example of own.examples.bad) lines.push(...exampleBlock('Bad', example, paint))
    for (const example of own.examples.good) lines.push(...exampleBlock('Good', example, paint))
  }
  const url = urlOfRule(rule.name, [rule])
  lines.push(...(url === null ? [] : ['', paint('dim', url)]), '')
  return lines.join('\n')
}

function exampleBlock(verdict: 'Bad' | 'Good', example: Example, paint: Paint): string[] {
  const title = paint(['bold', verdict === 'Bad' ? 'red' : 'green'], `${verdict}:`)
  const files = exampleFiles(example).flatMap(({ title: name, sql }) => [
    paint('dim', `  -- ${name}`),
    ...sql.split('\n').map((line) => `  ${line}`.trimEnd()),
  ])
  return ['', `${title} ${example.name}`, ...files]
}
