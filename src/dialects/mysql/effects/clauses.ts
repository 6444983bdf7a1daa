import type { Change, ChangeKind } from '../../../catalog/change.ts'
import { findTable, referencesTo } from '../../../catalog/catalog.ts'
import { findConstraint } from '../../../catalog/table.ts'
import type { RunError } from '../../effects.ts'
import { type Outcome, type Work, always, failing } from './outcome.ts'
import type { Server } from './server.ts'
import { copied } from './typeChange.ts'

const LOCKS: readonly string[] = ['DEFAULT', 'NONE', 'SHARED', 'EXCLUSIVE']

/** What each algorithm can do; MariaDB has two more names for what InnoDB does in place. */
const ABLE: Readonly<Record<string, readonly Work[]>> = {
  INSTANT: ['instant'],
  NOCOPY: ['instant', 'build'],
  INPLACE: ['instant', 'build', 'rebuild'],
}

/** Changes that keep the rows as they are, and are INSTANT on no MySQL all the same. */
const IN_PLACE: ReadonlySet<ChangeKind> = new Set([
  'DropIndex',
  'RenameIndex',
  'AddForeignKey',
  'AlterColumnType',
])

/**
 * What becomes of a change whose statement says how it is to be made: the server refuses the whole
 * statement if it cannot (also on an empty table), and copies or locks if it is told to.
 */
export function withClauses(change: Change, outcome: Outcome, server: Server): Outcome {
  const { clauses } = change.origin
  if (clauses === undefined || outcome.errors.some(({ when }) => when === 'always')) return outcome
  const refused = refusal(change, outcome, server)
  if (refused) return failing(refused)
  const { algorithm, lock } = clauses
  const made: Outcome =
    algorithm === 'COPY' && change.kind !== 'RenameTable'
      ? { ...outcome, work: 'copy', blocksWrites: copied(server).blocksWrites }
      : outcome
  if (lock === 'NONE') return { ...made, blocksWrites: false }
  return lock === 'SHARED' || lock === 'EXCLUSIVE' ? { ...made, blocksWrites: true } : made
}

function refusal(change: Change, { work, blocksWrites }: Outcome, server: Server): RunError | null {
  const { algorithm = null, lock = null } = change.origin.clauses ?? {}
  const { mariadb } = server
  const isKnown =
    algorithm === null ||
    ['DEFAULT', 'COPY', 'INPLACE', 'INSTANT'].includes(algorithm) ||
    (mariadb && algorithm === 'NOCOPY')
  if (!isKnown) return always('syntax', 1800, `Unknown ALGORITHM '${algorithm}'`)
  if (lock !== null && !LOCKS.includes(lock)) {
    return always('syntax', 1801, `Unknown LOCK type '${lock}'`)
  }
  if (!mariadb && algorithm === 'INSTANT' && lock !== null && lock !== 'DEFAULT') {
    const message = 'Incorrect usage of ALGORITHM=INSTANT and LOCK=NONE/SHARED/EXCLUSIVE'
    return always('syntax', 1221, message)
  }
  const copyBlocks = copied(server).blocksWrites || isActedOn(change)
  if (change.kind === 'RenameTable') {
    const isRefused =
      algorithm === 'COPY' ? lock === 'NONE' && copyBlocks : lock === 'NONE' || lock === 'SHARED'
    return isRefused ? unsupported(`LOCK=${lock}`, 'LOCK=EXCLUSIVE') : null
  }
  const able = algorithm === null ? undefined : ABLE[algorithm]
  if (able && !able.includes(work)) {
    return unsupported(
      `ALGORITHM=${algorithm}`,
      work === 'copy' ? 'ALGORITHM=COPY' : 'ALGORITHM=INPLACE',
    )
  }
  if (algorithm === 'INSTANT' && isInPlace(change, server)) {
    return unsupported('ALGORITHM=INSTANT', mariadb ? 'ALGORITHM=NOCOPY' : 'ALGORITHM=INPLACE')
  }
  const waits =
    algorithm === 'COPY'
      ? copyBlocks || isNumbering(change)
      : blocksWrites || (work === 'copy' && copyBlocks)
  return lock === 'NONE' && waits ? unsupported('LOCK=NONE', 'LOCK=SHARED') : null
}

/** What InnoDB does in place, without a look at the rows, and not in its catalog alone. */
function isInPlace(change: Change, { mariadb }: Server): boolean {
  const { kind, before } = change
  if (kind === 'DropColumn' && mariadb) {
    const indexes = findTable(before, change.table)?.indexes ?? []
    return indexes.some(({ columns }) => columns.includes(change.column))
  }
  if (mariadb) return kind === 'DropIndex'
  if (kind === 'DropConstraint') {
    return findConstraint(findTable(before, change.table), change.constraint)?.type !== 'check'
  }
  if (kind === 'RenameColumn') {
    return referencesTo(before, change.table).some(({ key }) =>
      key.referencedColumns.includes(change.column),
    )
  }
  // The table's own options: COMMENT, AUTO_INCREMENT, DEFAULT CHARACTER SET.
  if (kind === 'Harmless') return change.command === 'ALTER TABLE'
  // Labels appended to an ENUM are INSTANT.
  return IN_PLACE.has(kind) && !(kind === 'AlterColumnType' && change.to.labels)
}

/** While rows are numbered, nobody writes. */
function isNumbering(change: Change): boolean {
  return change.kind === 'AlterColumnAttributes' && change.gained.includes('AUTO_INCREMENT')
}

/**
 * Whether foreign keys of the table change its rows by themselves: such a table no server copies while
 * writes go on (measured on MariaDB 11.8: "LOCK=NONE is not supported. Reason: ON DELETE CASCADE").
 */
export function isActedOn(change: Change): boolean {
  const passive = ['no action', 'restrict']
  const table = 'table' in change && change.table ? findTable(change.before, change.table) : null
  return (table?.constraints ?? []).some(
    (key) =>
      key.type === 'foreign key' &&
      !(passive.includes(key.onDelete) && passive.includes(key.onUpdate)),
  )
}

function unsupported(what: string, instead: string): RunError {
  return always('unsupported', 1846, `${what} is not supported. Try ${instead}.`)
}
