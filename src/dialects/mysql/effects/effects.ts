import type { Change } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import type { Effects, Session } from '../../effects.ts'
import { isActedOn, withClauses } from './clauses.ts'
import { outcomeOf } from './outcomes.ts'
import { serverOf } from './server.ts'

/**
 * What a change costs on MySQL, MariaDB and PlanetScale: the one place that knows. A DDL statement
 * commits by itself, so that its locks end with it; while rows are copied under LOCK=SHARED, writes wait.
 */
export function mysqlEffects(change: Change, session: Session): Effects {
  const server = serverOf(session)
  const { errors, losses, work, blocksWrites } = withClauses(
    change,
    outcomeOf(change, server),
    server,
  )
  const table = 'table' in change ? change.table : null
  const isWorkless =
    table === null ||
    work === 'instant' ||
    errors.some(({ when }) => when === 'always') ||
    isEmpty(change.before, table)
  const tables = isWorkless ? [] : [table]
  // LOCK=NONE is refused where writes would have to wait.
  const isFree = change.origin.clauses?.lock === 'NONE'
  const isBlocking = !isFree && (blocksWrites || (work === 'copy' && isActedOn(change)))
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
