import { findView } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { OtherChange } from '../../../catalog/change/others.ts'
import type { TypeChange } from '../../../catalog/change/types.ts'
import { displayName } from '../../../catalog/names.ts'
import { byHand, gone, NOTHING, type Reversal, undoneBy } from '../../reversal.ts'
import { qualified, quoted } from './sql.ts'

type Kind = TypeChange['kind'] | OtherChange['kind']

/** How all other changes are undone. */
export const others: { readonly [K in Kind]: (change: ChangeOf<K>) => Reversal } = {
  CreateEnum: ({ type }) => undoneBy(`DROP TYPE ${qualified(type)};`),
  AddEnumValue: ({ type, label }) =>
    byHand(`nothing removes ${label} from ${displayName(type)} again; unused it does no harm`),
  RenameEnumValue: ({ type, label, to }) =>
    undoneBy(`ALTER TYPE ${qualified(type)} RENAME VALUE ${literal(to)} TO ${literal(label)};`),
  RecreateEnum: ({ type }) => byHand(`the labels that ${displayName(type)} had`),
  CreateDomain: ({ type }) => undoneBy(`DROP DOMAIN ${qualified(type)};`),
  AddDomainConstraint: ({ type }) => byHand(`the constraint of ${displayName(type)}`),
  ValidateDomainConstraint: () => NOTHING,
  CreateType: ({ type }) => undoneBy(`DROP TYPE ${qualified(type)};`),
  DropType: ({ type }) => byHand(`the type ${displayName(type)}`),
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
  RefreshView: () => NOTHING,
  CreatePolicy: ({ table, policy }) =>
    undoneBy(`DROP POLICY ${quoted(policy.name)} ON ${qualified(table)};`),
  AlterPolicy({ table, policy, to }) {
    if (to === null) return byHand(`the policy ${policy} as it was`)
    const on = `ON ${qualified(table)}`
    return undoneBy(`ALTER POLICY ${quoted(to)} ${on} RENAME TO ${quoted(policy)};`)
  },
  DropPolicy: ({ table, policy }) => byHand(`the policy ${policy} of ${displayName(table)}`),
  CreateTrigger: ({ table, trigger, replace }) =>
    replace
      ? byHand(`the trigger ${trigger} as it was`)
      : undoneBy(`DROP TRIGGER ${quoted(trigger)} ON ${qualified(table)};`),
  DropTrigger: ({ table, trigger }) => byHand(`the trigger ${trigger} of ${displayName(table)}`),
  CreateRule: ({ table }) => byHand(`the rule on ${displayName(table)}`),
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
  AlterSequence: ({ sequence }) => byHand(`the sequence ${displayName(sequence)} as it was`),
  RenameSequence: ({ sequence, to }) =>
    undoneBy(`ALTER SEQUENCE ${qualified(to)} RENAME TO ${quoted(sequence.name)};`),
  DropSequence: ({ sequence }) => byHand(`the sequence ${displayName(sequence)}, and its count`),
  CreateFunction: (change) => byHand(`the function ${displayName(change.function)}`),
  DropFunction: (change) => byHand(`the function ${displayName(change.function)}`),
  WriteRows: ({ table, command }) =>
    command === 'insert' || command === 'copy'
      ? byHand(`the rows that were inserted into ${displayName(table)}`)
      : gone(
          `what the ${command.toUpperCase()} of ${displayName(table)} has ${command === 'delete' ? 'deleted' : 'overwritten'}`,
        ),
  ReadRows: () => NOTHING,
  TransactionControl: () => NOTHING,
  SetVariable: () => NOTHING,
  OutsideTransaction: ({ command }) => byHand(`what ${command} did`),
  Harmless: ({ command }) => byHand(`what ${command} did`),
  OpaqueSql: () => byHand('what SQL that is built at run time did'),
  UnparsedSql: () => byHand('a statement that cannot be read'),
  Unmodelled: ({ command }) => byHand(`what ${command} did`),
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
