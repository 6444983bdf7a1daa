import { findTable } from '../../../catalog/catalog.ts'
import type { Change, ChangeBody, Origin } from '../../../catalog/change.ts'
import { type Constraint, type Table, findColumn } from '../../../catalog/table.ts'
import { sameType } from '../../../catalog/type.ts'
import type { Rebuild } from './findRebuilds.ts'

/** A rebuild as one change, and the changes of columns and constraints that it brings. */
export function rebuiltChanges(rebuild: Rebuild): readonly Change[] {
  const { rename, create, parts, lostIndexes } = rebuild
  const first = parts[0] ?? rename
  const { source } = rename.copy
  const now = findTable(rename.after, rename.table)
  const common = { before: first.before, after: rename.after, folded: parts }
  const whole: Change = {
    ...rename,
    ...common,
    lost: { indexes: lostIndexes, triggers: source.triggers.map(({ name }) => name) },
    origin: (create ?? rename).origin,
  }
  if (!now || !source.complete) return [whole]
  const place = (member: string): Origin => {
    const { origin } = create ?? rename
    return {
      ...origin,
      placeOf: (part) => origin.placeOf(part, member) ?? origin.placeOf('column', member),
    }
  }
  const changes = [...columnChanges(rebuild, source, now), ...constraintChanges(source, now)]
  return [
    whole,
    ...changes.map(({ body, member }) => ({ ...body, ...common, origin: place(member) }) as Change),
  ]
}

interface Brought {
  readonly body: ChangeBody
  /** The part of the new table's definition to blame. */
  readonly member: string
}

function columnChanges({ rename }: Rebuild, from: Table, to: Table): readonly Brought[] {
  const { table, copy } = rename
  const renamed = new Map(
    copy.columns.flatMap(({ column, from: old }) => (old === null ? [] : [[column, old] as const])),
  )
  const kept = new Set(renamed.values())
  const dropped = from.columns.filter(
    ({ name }) => findColumn(to, name) === undefined && !kept.has(name),
  )
  return [
    ...dropped.map(({ name: column }): Brought => ({
      body: { kind: 'DropColumn', table, column, cascade: false, ifExists: false },
      member: '',
    })),
    ...to.columns.flatMap((column): readonly Brought[] => {
      const { name } = column
      const old = findColumn(from, name) ?? findColumn(from, renamed.get(name) ?? '')
      const brought = (body: ChangeBody): Brought => ({ body, member: name })
      if (old === undefined) {
        const added = { table, column: name, definition: column, ifNotExists: false }
        return [brought({ kind: 'AddColumn', ...added })]
      }
      const changes: Brought[] = []
      if (old.name !== name) {
        changes.push(brought({ kind: 'RenameColumn', table, column: old.name, to: name }))
      }
      if (!sameType(old.type, column.type)) {
        const types = { from: old.type, to: column.type, using: null }
        changes.push(brought({ kind: 'AlterColumnType', table, column: name, ...types }))
      }
      if (!old.notNull && column.notNull) {
        const rest = { constraint: null, notValid: false }
        changes.push(brought({ kind: 'SetNotNull', table, column: name, ...rest }))
      } else if (old.notNull && !column.notNull) {
        changes.push(brought({ kind: 'DropNotNull', table, column: name }))
      }
      if (old.default?.form !== column.default?.form) {
        changes.push(
          brought(
            column.default
              ? { kind: 'SetDefault', table, column: name, default: column.default }
              : { kind: 'DropDefault', table, column: name },
          ),
        )
      }
      return changes
    }),
  ]
}

function constraintChanges(from: Table, to: Table): readonly Brought[] {
  const table = { schema: to.schema, name: to.name }
  return to.constraints
    .filter((constraint) => !from.constraints.some((old) => meansSame(old, constraint)))
    .flatMap((constraint) => {
      const body = addition(table, constraint)
      const member = constraint.ofColumn ?? `constraint ${constraint.name}`
      return body ? [{ body, member }] : []
    })
}

/** Names aside: those of the new table may be made from its passing name. */
function meansSame(a: Constraint, b: Constraint): boolean {
  return a.type === b.type && meaning(a) === meaning(b)
}

function meaning(constraint: Constraint): string {
  switch (constraint.type) {
    case 'check':
      return constraint.expression.form ?? constraint.name
    case 'foreign key':
      return JSON.stringify([
        constraint.columns,
        constraint.references.name,
        constraint.referencedColumns,
      ])
    default:
      return JSON.stringify(constraint.columns)
  }
}

function addition(
  table: { schema: string; name: string },
  constraint: Constraint,
): ChangeBody | null {
  const common = { table, constraint: constraint.name, withColumn: null }
  switch (constraint.type) {
    case 'check': {
      const { expression } = constraint
      return { ...common, kind: 'AddCheck', expression, valid: true, enforced: true }
    }
    case 'foreign key':
      return { ...common, kind: 'AddForeignKey', key: constraint }
    case 'unique': {
      const { columns } = constraint
      const rest = { included: [], usingIndex: null, nullsNotDistinct: false }
      return { ...common, kind: 'AddUnique', columns, ...rest }
    }
    case 'primary key': {
      const { columns } = constraint
      return { ...common, kind: 'AddPrimaryKey', columns, included: [], usingIndex: null }
    }
    default:
      return null
  }
}
