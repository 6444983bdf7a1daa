import type { Rulebook } from '../src/check/rulebook.ts'
import type { HistoryRule } from '../src/check/history/history.ts'
import type { PlacedRule } from '../src/lint/placedRule.ts'
import type { SnapshotComparison } from '../src/check/snapshots/comparison.ts'
import type { Drift } from '../src/check/verification/drift/drift.ts'
import type { Sync } from '../src/check/sync/difference.ts'
import type { MigrationRule, Rule } from '../src/lint/rule.ts'
import { brokenFolderSetup } from './history/brokenFolderSetup.ts'
import { conflictMarkers } from './history/conflictMarkers.ts'
import { deletedMigration } from './history/deletedMigration.ts'
import { editedMigration } from './history/editedMigration.ts'
import { invalidJson } from './history/invalidJson.ts'
import { journalInFuture } from './history/journalInFuture.ts'
import { journalIndex } from './history/journalIndex.ts'
import { journalOrder } from './history/journalOrder.ts'
import { migrationFolderName } from './history/migrationFolderName.ts'
import { missingMigrationFile } from './history/missingMigrationFile.ts'
import { missingSnapshot } from './history/missingSnapshot.ts'
import { orphanMigrationFile } from './history/orphanMigrationFile.ts'
import { pushInsteadOfMigrate } from './history/pushInsteadOfMigrate.ts'
import { renamedMigration } from './history/renamedMigration.ts'
import { snapshotChain } from './history/snapshotChain.ts'
import { snapshotFork } from './history/snapshotFork.ts'
import { snapshotVersion } from './history/snapshotVersion.ts'
import { straySnapshotFile } from './history/straySnapshotFile.ts'
import { snapshotMismatch } from './history/snapshotMismatch.ts'
import { addForeignKey } from './migration/addForeignKey.ts'
import { cascadingDrop } from './migration/cascadingDrop.ts'
import { changeColumnType } from './migration/changeColumnType.ts'
import { concurrentlyInTransaction } from './migration/concurrentlyInTransaction.ts'
import { createIndex } from './migration/createIndex.ts'
import { deleteEveryRow } from './migration/deleteEveryRow.ts'
import { dropColumn } from './migration/dropColumn.ts'
import { dropDefault } from './migration/dropDefault.ts'
import { dropTable } from './migration/dropTable.ts'
import { dropUnique } from './migration/dropUnique.ts'
import { dropView } from './migration/dropView.ts'
import { enumValueUsedBeforeCommit } from './migration/enumValueUsedBeforeCommit.ts'
import { enableRowSecurity } from './migration/enableRowSecurity.ts'
import { jsonColumn } from './migration/jsonColumn.ts'
import { timestampColumn } from './migration/timestampColumn.ts'
import { serialColumn } from './migration/serialColumn.ts'
import { longName } from './migration/longName.ts'
import { failsWhenRun } from './migration/failsWhenRun.ts'
import { forgottenAttributes } from './migration/forgottenAttributes.ts'
import { incompleteRebuild } from './migration/incompleteRebuild.ts'
import { longWorkUnderLock } from './migration/longWorkUnderLock.ts'
import { missingBreakpoint } from './migration/missingBreakpoint.ts'
import { missingPrerequisite } from './migration/missingPrerequisite.ts'
import { opaque } from './migration/opaque.ts'
import { rebuildDeletesChildren } from './migration/rebuildDeletesChildren.ts'
import { renameColumn } from './migration/renameColumn.ts'
import { renameObject } from './migration/renameObject.ts'
import { renameTable } from './migration/renameTable.ts'
import { requiredColumnWithoutDefault } from './migration/requiredColumnWithoutDefault.ts'
import { sequenceBehindRows } from './migration/sequenceBehindRows.ts'
import { setNotNull } from './migration/setNotNull.ts'
import { suppression } from './migration/suppression.ts'
import { transactionControl } from './migration/transactionControl.ts'
import { unindexedForeignKey } from './migration/unindexedForeignKey.ts'
import { unparsed } from './migration/unparsed.ts'
import { updateEveryRow } from './migration/updateEveryRow.ts'
import { ambiguousRename } from './sync/ambiguousRename.ts'
import { schemaWithoutMigration } from './sync/schemaWithoutMigration.ts'
import { schemaDrift } from './sync/schemaDrift.ts'
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
  cascadingDrop,
  deleteEveryRow,
  renameColumn,
  renameTable,
  renameObject,
  dropView,
  dropDefault,
  dropUnique,
  forgottenAttributes,
  rebuildDeletesChildren,
  incompleteRebuild,
  sequenceBehindRows,
  enableRowSecurity,
  requiredColumnWithoutDefault,
  setNotNull,
  changeColumnType,
  addForeignKey,
  createIndex,
  unindexedForeignKey,
  updateEveryRow,
  concurrentlyInTransaction,
  transactionControl,
  enumValueUsedBeforeCommit,
  longWorkUnderLock,
  missingBreakpoint,
  missingPrerequisite,
  failsWhenRun,
  unparsed,
  opaque,
  jsonColumn,
  timestampColumn,
  serialColumn,
  longName,
  suppression,
]

/** The rules that judge the migrations folder as a history, in the order of the docs. */
export const historyRules: readonly HistoryRule[] = [
  conflictMarkers,
  invalidJson,
  journalOrder,
  journalInFuture,
  journalIndex,
  missingMigrationFile,
  orphanMigrationFile,
  editedMigration,
  deletedMigration,
  renamedMigration,
  snapshotFork,
  snapshotChain,
  snapshotVersion,
  missingSnapshot,
  straySnapshotFile,
  migrationFolderName,
  brokenFolderSetup,
  pushInsteadOfMigrate,
]

/** The rules that judge snapshots against the SQL, in the order of the docs. */
export const snapshotRules: readonly PlacedRule<SnapshotComparison>[] = [snapshotMismatch]

/** The rules that compare the schema with a database that `verify` has made, in the order of the docs. */
export const driftRules: readonly PlacedRule<Drift>[] = [schemaDrift]

/** Every rule there is, in the order of the docs. */
export const rules: readonly Rule[] = [
  ...syncRules,
  ...driftRules,
  ...historyRules,
  ...snapshotRules,
  ...migrationRules,
]

/** The same, for a run to be handed. */
export const rulebook: Rulebook = {
  sync: syncRules,
  history: historyRules,
  snapshot: snapshotRules,
  drift: driftRules,
  migration: migrationRules,
  all: rules,
}
