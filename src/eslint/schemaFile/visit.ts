import type { Rule } from 'eslint'
import type { DeclaredTable, SchemaFile } from '../../schema/model.ts'
import { isOfSchema } from '../../editor/schemaMembership.ts'
import { readSchema } from '../../schema/read.ts'

/**
 * Visitors of a rule that looks at a schema file once, as a whole. Tables that drizzle-kit does not
 * read (what `drizzle-kit pull` has written, a test's, a script's) are nobody's schema.
 */
export function onFile(
  context: Rule.RuleContext,
  visit: (file: SchemaFile) => void,
): Rule.RuleListener {
  return {
    Program() {
      const file = readSchema(context.sourceCode.ast)
      const isEmpty = file.tables.length + file.objects.length === 0
      if (!isEmpty && isOfSchema(context.physicalFilename) !== false) visit(file)
    },
  }
}

/** Visitors of a rule that looks at one table at a time. */
export function onTables(
  context: Rule.RuleContext,
  visit: (table: DeclaredTable, file: SchemaFile) => void,
): Rule.RuleListener {
  return onFile(context, (file) => file.tables.forEach((table) => visit(table, file)))
}
