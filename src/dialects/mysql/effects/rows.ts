import type { ChangeOf } from '../../../catalog/change.ts'
import { noColumn, noTable } from './existence.ts'
import { type Outcome, failing } from './outcome.ts'

export function writeRows({ before, table, sets, reads }: ChangeOf<'WriteRows'>): Outcome {
  const columns = sets.map(({ column }) => column)
  const missing =
    [table, ...reads].map((name) => noTable(before, name)).find(Boolean) ??
    noColumn(before, table, columns)
  return failing(missing)
}
