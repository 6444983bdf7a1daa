import type { AlterTableCmd } from '@pgsql/types'
import type { AlterTableSetting } from '../../../../catalog/change/table.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { rangeName } from '../names.ts'
import type { Places, Translation } from './translation.ts'

type Lock = AlterTableSetting['lock']

/** Actions that only write the system catalog, with their words and lock (AlterTableGetLockLevel). */
const SETTINGS: Readonly<Record<string, readonly [string, Lock]>> = {
  AT_SetStatistics: ['SET STATISTICS', 'ShareUpdateExclusive'],
  AT_SetOptions: ['ALTER COLUMN … SET (…)', 'ShareUpdateExclusive'],
  AT_ResetOptions: ['ALTER COLUMN … RESET (…)', 'ShareUpdateExclusive'],
  AT_SetRelOptions: ['SET (…)', 'ShareUpdateExclusive'],
  AT_ResetRelOptions: ['RESET (…)', 'ShareUpdateExclusive'],
  AT_ClusterOn: ['CLUSTER ON', 'ShareUpdateExclusive'],
  AT_DropCluster: ['SET WITHOUT CLUSTER', 'ShareUpdateExclusive'],
  AT_SetStorage: ['SET STORAGE', 'AccessExclusive'],
  AT_SetCompression: ['SET COMPRESSION', 'AccessExclusive'],
  AT_ChangeOwner: ['OWNER TO', 'AccessExclusive'],
  AT_ReplicaIdentity: ['REPLICA IDENTITY', 'AccessExclusive'],
  AT_ForceRowSecurity: ['FORCE ROW LEVEL SECURITY', 'AccessExclusive'],
  AT_NoForceRowSecurity: ['NO FORCE ROW LEVEL SECURITY', 'AccessExclusive'],
  AT_EnableTrig: ['ENABLE TRIGGER', 'ShareRowExclusive'],
  AT_EnableAlwaysTrig: ['ENABLE ALWAYS TRIGGER', 'ShareRowExclusive'],
  AT_EnableReplicaTrig: ['ENABLE REPLICA TRIGGER', 'ShareRowExclusive'],
  AT_DisableTrig: ['DISABLE TRIGGER', 'ShareRowExclusive'],
  AT_EnableTrigAll: ['ENABLE TRIGGER ALL', 'ShareRowExclusive'],
  AT_DisableTrigAll: ['DISABLE TRIGGER ALL', 'ShareRowExclusive'],
  AT_EnableTrigUser: ['ENABLE TRIGGER USER', 'ShareRowExclusive'],
  AT_DisableTrigUser: ['DISABLE TRIGGER USER', 'ShareRowExclusive'],
  AT_EnableRule: ['ENABLE RULE', 'AccessExclusive'],
  AT_DisableRule: ['DISABLE RULE', 'AccessExclusive'],
  AT_AddOf: ['OF', 'AccessExclusive'],
  AT_DropOf: ['NOT OF', 'AccessExclusive'],
}

/** The actions of ALTER TABLE that concern the table as a whole. */
export function tableSetting(
  translation: Translation,
  table: QualifiedName,
  command: AlterTableCmd,
  places: Places,
): void {
  const emit: Translation['emit'] = (body) => translation.emit(body, places)
  const definition = command.def
  switch (command.subtype) {
    case 'AT_EnableRowSecurity':
      return emit({ kind: 'SetRowSecurity', table, enabled: true })
    case 'AT_DisableRowSecurity':
      return emit({ kind: 'SetRowSecurity', table, enabled: false })
    case 'AT_SetLogged':
      return emit({ kind: 'SetTableStorage', table, setting: 'logged', value: null })
    case 'AT_SetUnLogged':
      return emit({ kind: 'SetTableStorage', table, setting: 'unlogged', value: null })
    case 'AT_SetTableSpace':
      return emit({
        kind: 'SetTableStorage',
        table,
        setting: 'tablespace',
        value: command.name ?? null,
      })
    case 'AT_SetAccessMethod':
      return emit({
        kind: 'SetTableStorage',
        table,
        setting: 'access method',
        value: command.name ?? null,
      })
    case 'AT_AddInherit':
    case 'AT_DropInherit': {
      if (!definition || !('RangeVar' in definition)) return
      const parent = rangeName(translation.catalog(), definition.RangeVar)
      return emit({
        kind: 'SetInheritance',
        table,
        parent,
        inherits: command.subtype === 'AT_AddInherit',
      })
    }
    case 'AT_AttachPartition':
    case 'AT_DetachPartition':
      return partition(translation, table, command, places)
    default: {
      const setting = SETTINGS[command.subtype ?? '']
      return emit(
        setting === undefined
          ? { kind: 'Unmodelled', command: `ALTER TABLE ${command.subtype ?? ''}` }
          : { kind: 'AlterTableSetting', table, action: setting[0], lock: setting[1] },
      )
    }
  }
}

function partition(
  translation: Translation,
  table: QualifiedName,
  command: AlterTableCmd,
  places: Places,
): void {
  if (!command.def || !('PartitionCmd' in command.def)) return
  const { name, bound, concurrent } = command.def.PartitionCmd
  const child = rangeName(translation.catalog(), name)
  translation.emit(
    command.subtype === 'AT_AttachPartition'
      ? { kind: 'AttachPartition', table, partition: child, isDefault: bound?.is_default === true }
      : { kind: 'DetachPartition', table, partition: child, concurrently: concurrent === true },
    places,
  )
}
