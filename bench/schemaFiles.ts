import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { schemaRules } from '../rules/schema/index.ts'
import type { SchemaFile } from '../src/schema/model.ts'
import { readSchema } from '../src/schema/read.ts'

/** A schema file of a real project: what was read, and what every rule says. */
export interface LintedFile {
  readonly project: string
  readonly path: string
  readonly text: string
  readonly schema: SchemaFile
  readonly messages: readonly Linter.LintMessage[]
}

/** Lints every file that declares tables in a folder of checkouts. */
export function lintCheckouts(folder: string): LintedFile[] {
  return readdirSync(folder)
    .sort()
    .flatMap((project) =>
      filesIn(join(folder, project)).flatMap((file) => {
        const text = readFileSync(file, 'utf8')
        if (!/drizzle-orm\/\w+-core/.test(text) || !/Table|\.table\(/.test(text)) return []
        const linted = lint(text)
        if (linted === null || linted.schema.tables.length === 0) return []
        return [
          {
            project: project.replace('+', '/'),
            path: relative(join(folder, project), file),
            text,
            ...linted,
          },
        ]
      }),
    )
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.[mc]?ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|\.(test|spec)\./.test(file))
    .sort()
}

function lint(text: string): Pick<LintedFile, 'schema' | 'messages'> | null {
  const linter = new Linter()
  const messages = linter.verify(
    text,
    [
      {
        files: ['**'],
        plugins: { 'migration-lint': { rules: { ...schemaRules } } },
        languageOptions: { parser },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        rules: Object.fromEntries(
          Object.keys(schemaRules).map((name) => [`migration-lint/${name}`, 'warn']),
        ),
      },
    ],
    'schema.ts',
  )
  const sourceCode = linter.getSourceCode()
  if (messages.some(({ fatal }) => fatal) || !sourceCode) return null
  return {
    schema: readSchema(sourceCode.ast),
    messages: messages.filter(({ ruleId }) => ruleId?.startsWith('migration-lint/')),
  }
}
