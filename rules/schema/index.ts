import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { foreignKeyTypeMismatch } from './foreignKeyTypeMismatch.ts'
import { identifierTooLong } from './identifierTooLong.ts'
import { namingConvention } from './namingConvention.ts'
import { noConcurrentIndex } from './noConcurrentIndex.ts'
import { noSerialForeignKey } from './noSerialForeignKey.ts'
import { noSetNullOnNotNull } from './noSetNullOnNotNull.ts'
import { noUnmigratedChange } from './noUnmigratedChange.ts'
import { preferBigintKey } from './preferBigintKey.ts'
import { preferIdentity } from './preferIdentity.ts'
import { preferJsonb } from './preferJsonb.ts'
import { preferTimestamptz } from './preferTimestamptz.ts'
import { requireExportedTables } from './requireExportedTables.ts'
import { requireForeignKeyIndex } from './requireForeignKeyIndex.ts'
import { requirePrimaryKey } from './requirePrimaryKey.ts'
import { requireTimestamps } from './requireTimestamps.ts'
import { rowSecurityWithoutPolicy } from './rowSecurityWithoutPolicy.ts'
import { unsafeSchemaChange } from './unsafeSchemaChange.ts'

/** The rules on Drizzle schema files, by name, in the order of the docs. */
export const schemaRules: Readonly<Record<string, SchemaRule>> = {
  'unsafe-schema-change': unsafeSchemaChange,
  'require-foreign-key-index': requireForeignKeyIndex,
  'foreign-key-type-mismatch': foreignKeyTypeMismatch,
  'no-serial-foreign-key': noSerialForeignKey,
  'no-set-null-on-not-null': noSetNullOnNotNull,
  'require-exported-tables': requireExportedTables,
  'require-primary-key': requirePrimaryKey,
  'no-concurrent-index': noConcurrentIndex,
  'row-security-without-policy': rowSecurityWithoutPolicy,
  'identifier-too-long': identifierTooLong,
  'no-unmigrated-change': noUnmigratedChange,
  'naming-convention': namingConvention,
  'require-timestamps': requireTimestamps,
  'prefer-identity': preferIdentity,
  'prefer-timestamptz': preferTimestamptz,
  'prefer-jsonb': preferJsonb,
  'prefer-bigint-key': preferBigintKey,
}
