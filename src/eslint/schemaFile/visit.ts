import type { Rule } from 'eslint'
import type { DeclaredTable, SchemaFile } from '../../schema/model.ts'
import { readSchema } from '../../schema/read.ts'

/** Visitors of a rule that looks at a schema file once, as a whole. */
export function onFile(
  context: Rule.RuleContext,
  visit: (file: SchemaFile) => void,
): Rule.RuleListener {
  return { Program: () => visit(readSchema(context.sourceCode.ast)) }
}

/** Visitors of a rule that looks at one table at a time. */
export function onTables(
  context: Rule.RuleContext,
  visit: (table: DeclaredTable, file: SchemaFile) => void,
): Rule.RuleListener {
  return onFile(context, (file) => file.tables.forEach((table) => visit(table, file)))
}
