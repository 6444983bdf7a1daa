import type { Rule } from 'eslint'
import type { DeclaredTable, SchemaFile } from '../../schema/model.ts'
import type { SchemaDialect } from '../../dialects/core/core.ts'
import { schemaFileOf } from '../../editor/schemaFile.ts'
import { isOfSchema } from '../../editor/schemaMembership.ts'

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
      const file = schemaFileOf(context.sourceCode.ast, context.physicalFilename)
      const isEmpty = file.tables.length + file.objects.length === 0
      if (!isEmpty && isOfSchema(context.physicalFilename) !== false) visit(file)
    },
  }
}

/**
 * Visitors of a rule that looks at one table at a time.
 *
 * @param dialects - those that the rule is for, if it is not for all
 */
export function onTables(
  context: Rule.RuleContext,
  visit: (table: DeclaredTable, file: SchemaFile) => void,
  dialects?: readonly SchemaDialect[],
): Rule.RuleListener {
  return onFile(context, (file) => {
    for (const table of file.tables) {
      if (dialects?.includes(table.dialect) !== false) visit(table, file)
    }
  })
}
