import type { SchemaRule } from '../../src/eslint/schemaRule.ts'
import { requireForeignKeyIndex } from './requireForeignKeyIndex.ts'

/** The rules on Drizzle schema files, by name, in the order of the docs. */
export const schemaRules: Readonly<Record<string, SchemaRule>> = {
  'require-foreign-key-index': requireForeignKeyIndex,
}
