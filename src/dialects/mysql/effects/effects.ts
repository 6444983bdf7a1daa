import { findTable } from '../../../catalog/catalog.ts'
import type { Change } from '../../../catalog/change.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import type { Effects, Session } from '../../effects.ts'
import { outcomeOf } from './outcomes.ts'
import { serverOf } from './server.ts'

/**
 * What a change costs on MySQL, MariaDB and PlanetScale: the one place that knows. A DDL statement
 * commits by itself, so that its locks end with it; while rows are copied under LOCK=SHARED, writes wait.
 */
export function mysqlEffects(change: Change, session: Session): Effects {
  const server = serverOf(session)
  const { errors, losses, work, blocksWrites } = outcomeOf(change, server)
  const table = 'table' in change ? change.table : null
  const isWorkless =
    table === null ||
    work === 'instant' ||
    errors.some(({ when }) => when === 'always') ||
    isEmpty(change.before, table)
  const tables = isWorkless ? [] : [table]
  const isBlocking = blocksWrites || (work === 'copy' && table !== null && isActedOn(change, table))
  const blocked = isBlocking && !server.online ? tables : []
  return {
    locks: blocked.map((relation) => ({ relation, keepsOut: 'writers', mode: 'SHARED' })),
    rewrites: work === 'build' ? [] : tables,
    scans: tables,
    builds: work === 'build' ? tables : [],
    errors,
    losses,
    unless: null,
  }
}

/**
 * Whether foreign keys of the table change its rows by themselves: such a table no server copies while
 * writes go on (measured on MariaDB 11.8: "LOCK=NONE is not supported. Reason: ON DELETE CASCADE").
 */
function isActedOn({ before }: Change, table: QualifiedName): boolean {
  const passive = ['no action', 'restrict']
  return (findTable(before, table)?.constraints ?? []).some(
    (key) =>
      key.type === 'foreign key' &&
      !(passive.includes(key.onDelete) && passive.includes(key.onUpdate)),
  )
}
