import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter, type Rule } from 'eslint'
import { schemaRules } from '../rules/schema/index.ts'
import { previewOf } from '../src/preview/preview.ts'

/** Tells how many tables a preview knows: a file without one would look like one without findings. */
const COMPARED = {
  create: (context) => ({
    Program(node) {
      const preview = previewOf(context, {})
      if (preview)
        context.report({ node, message: `compared ${[...preview.before.tables].length}` })
    },
  }),
} satisfies Rule.RuleModule

/**
 * What `unsafe-schema-change` and `no-unmigrated-change` say of the schema files of real projects, and how
 * many tables they had something to compare with.
 *
 * `node bench/start.mjs previews <folder of checkouts>`
 */
const [folder = '.'] = process.argv.slice(2)
const SCHEMA = /drizzle-orm\/(?:pg|mysql|sqlite)-core/
let compared = 0
let found = 0
for (const project of readdirSync(folder).sort()) {
  const root = join(folder, project)
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.[cm]?[jt]s$/.test(file) || file.includes('node_modules')) continue
    const path = join(root, file)
    const text = readFileSync(path, 'utf8')
    if (!SCHEMA.test(text) || !/Table/.test(text)) continue
    for (const { line, message } of lint(root, path, text)) {
      if (message.startsWith('compared ')) {
        const count = Number(message.slice(9))
        compared += count
        console.log(`${project} ${relative(root, path)}: ${count} tables`)
      } else {
        found++
        console.log(`  ${relative(root, path)}:${line} ${message}`)
      }
    }
  }
}
console.log(`${compared} tables compared, ${found} findings`)

function lint(cwd: string, filename: string, text: string): readonly Linter.LintMessage[] {
  const rules = {
    'own/unsafe-schema-change': 'error',
    'own/no-unmigrated-change': 'error',
    'own/compared': 'warn',
  } as const
  const plugins = { own: { rules: { ...schemaRules, compared: COMPARED } } }
  const config = { files: ['**'], plugins, rules, languageOptions: { parser } }
  return new Linter({ cwd }).verify(text, [config], { filename })
}
