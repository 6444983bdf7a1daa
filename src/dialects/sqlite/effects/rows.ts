import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { afterDeletion } from './children.ts'
import { noColumn, noTable } from './existence.ts'
import { NOTHING, type Outcome, always, failing } from './outcome.ts'
import type { Session } from '../../effects.ts'
import { foreignKeysAct } from './session.ts'

export function writeRows(change: ChangeOf<'WriteRows'>, session: Session): Outcome {
  const { before, table, command, sets, reads, copies } = change
  const unknown =
    [table, ...reads].map((name) => noTable(before, name)).find(Boolean) ??
    noColumn(
      before,
      table,
      sets.map(({ column }) => column),
    ) ??
    (copies &&
      noColumn(
        before,
        copies.source,
        copies.columns.flatMap(({ value }) => value.columns),
      ))
  if (unknown) return failing(unknown)
  const deletes = command === 'delete' && foreignKeysAct(session, before) && !isEmpty(before, table)
  return deletes ? afterDeletion(before, table) : NOTHING
}

export function controlTransaction(
  { command }: ChangeOf<'TransactionControl'>,
  session: Session,
): Outcome {
  if (session.transaction === 'none' || command === 'savepoint') return NOTHING
  return failing(
    command === 'begin'
      ? always('outside-transaction', 'cannot start a transaction within a transaction')
      : always('outside-transaction', `cannot ${command} - no transaction is active`),
  )
}

export function outsideTransaction(
  { command }: ChangeOf<'OutsideTransaction'>,
  session: Session,
): Outcome {
  return session.transaction === 'none'
    ? NOTHING
    : failing(always('outside-transaction', `cannot ${command} from within a transaction`))
}
