import { findView } from '../../../catalog/catalog.ts'
import { displayName } from '../../../catalog/names.ts'
import type { Reversals } from '../../reversal/general.ts'
import { byHand, gone, NOTHING, undoneBy } from '../../reversal/reversal.ts'
import { qualified, quoted } from './sql.ts'

/** How all other changes are undone. */
export const others = {
  CreateEnum: ({ type }) => undoneBy(`DROP TYPE ${qualified(type)};`),
  RenameEnumValue: ({ type, label, to }) =>
    undoneBy(`ALTER TYPE ${qualified(type)} RENAME VALUE ${literal(to)} TO ${literal(label)};`),
  CreateDomain: ({ type }) => undoneBy(`DROP DOMAIN ${qualified(type)};`),
  CreateType: ({ type }) => undoneBy(`DROP TYPE ${qualified(type)};`),
  RenameType: ({ type, to }) =>
    undoneBy(`ALTER TYPE ${qualified(to)} RENAME TO ${quoted(type.name)};`),

  CreateView({ view, before }) {
    const name = displayName(view)
    if (findView(before, view) !== undefined) return byHand(`the view ${name} as it was`)
    const what = view.materialized ? 'MATERIALIZED VIEW' : 'VIEW'
    return undoneBy(`DROP ${what} ${qualified(view)};`)
  },
  DropView: ({ view, ifExists, before }) =>
    ifExists && findView(before, view) === undefined
      ? NOTHING
      : byHand(`the view ${displayName(view)}`),
  // ALTER TABLE renames views of both kinds.
  RenameView: ({ view, to }) =>
    undoneBy(`ALTER TABLE ${qualified(to)} RENAME TO ${quoted(view.name)};`),
  CreatePolicy: ({ table, policy }) =>
    undoneBy(`DROP POLICY ${quoted(policy.name)} ON ${qualified(table)};`),
  AlterPolicy({ table, policy, to }) {
    if (to === null) return byHand(`the policy ${policy} as it was`)
    const on = `ON ${qualified(table)}`
    return undoneBy(`ALTER POLICY ${quoted(to)} ${on} RENAME TO ${quoted(policy)};`)
  },
  CreateTrigger: ({ table, trigger, replace }) =>
    replace
      ? byHand(`the trigger ${trigger} as it was`)
      : undoneBy(`DROP TRIGGER ${quoted(trigger)} ON ${qualified(table)};`),
  CreateSchema: ({ schema, ifNotExists }) =>
    ifNotExists
      ? byHand(`the schema ${schema}, if it was not there before`)
      : undoneBy(`DROP SCHEMA ${quoted(schema)};`),
  DropSchema: ({ schema, cascade }) =>
    cascade
      ? gone(`the schema ${schema} with all that was in it`)
      : undoneBy(`CREATE SCHEMA ${quoted(schema)};`),
  RenameSchema: ({ schema, to }) =>
    undoneBy(`ALTER SCHEMA ${quoted(to)} RENAME TO ${quoted(schema)};`),
  CreateSequence: ({ sequence, ifNotExists }) =>
    ifNotExists
      ? byHand(`the sequence ${displayName(sequence)}, if it was not there before`)
      : undoneBy(`DROP SEQUENCE ${qualified(sequence)};`),
  RenameSequence: ({ sequence, to }) =>
    undoneBy(`ALTER SEQUENCE ${qualified(to)} RENAME TO ${quoted(sequence.name)};`),
} satisfies Reversals

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
