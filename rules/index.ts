import type { PlacedRule } from '../src/lint/placedRule.ts'
import type { SnapshotComparison } from '../src/lint/snapshotComparison.ts'
import type { Sync } from '../src/lint/sync.ts'
import type { MigrationRule, Rule } from '../src/lint/rule.ts'
import { snapshotMismatch } from './history/snapshotMismatch.ts'
import { addForeignKey } from './migration/addForeignKey.ts'
import { changeColumnType } from './migration/changeColumnType.ts'
import { concurrentlyInTransaction } from './migration/concurrentlyInTransaction.ts'
import { createIndex } from './migration/createIndex.ts'
import { dropColumn } from './migration/dropColumn.ts'
import { dropTable } from './migration/dropTable.ts'
import { enumValueUsedBeforeCommit } from './migration/enumValueUsedBeforeCommit.ts'
import { failsWhenRun } from './migration/failsWhenRun.ts'
import { longWorkUnderLock } from './migration/longWorkUnderLock.ts'
import { opaque } from './migration/opaque.ts'
import { renameColumn } from './migration/renameColumn.ts'
import { renameTable } from './migration/renameTable.ts'
import { requiredColumnWithoutDefault } from './migration/requiredColumnWithoutDefault.ts'
import { setNotNull } from './migration/setNotNull.ts'
import { suppression } from './migration/suppression.ts'
import { unindexedForeignKey } from './migration/unindexedForeignKey.ts'
import { unparsed } from './migration/unparsed.ts'
import { ambiguousRename } from './sync/ambiguousRename.ts'
import { schemaWithoutMigration } from './sync/schemaWithoutMigration.ts'
import { unexportedSchemaObject } from './sync/unexportedSchemaObject.ts'

/** The rules that compare the schema with the migrations, in the order of the docs. */
export const syncRules: readonly PlacedRule<Sync>[] = [
  schemaWithoutMigration,
  ambiguousRename,
  unexportedSchemaObject,
]

/** The rules that judge SQL, in the order of the docs. */
export const migrationRules: readonly MigrationRule[] = [
  dropColumn,
  dropTable,
  renameColumn,
  renameTable,
  requiredColumnWithoutDefault,
  setNotNull,
  changeColumnType,
  addForeignKey,
  createIndex,
  unindexedForeignKey,
  concurrentlyInTransaction,
  enumValueUsedBeforeCommit,
  longWorkUnderLock,
  failsWhenRun,
  unparsed,
  opaque,
  suppression,
]

/** The rules that judge snapshots against the SQL, in the order of the docs. */
export const snapshotRules: readonly PlacedRule<SnapshotComparison>[] = [snapshotMismatch]

/** Every rule there is, in the order of the docs. */
export const rules: readonly Rule[] = [...syncRules, ...snapshotRules, ...migrationRules]
