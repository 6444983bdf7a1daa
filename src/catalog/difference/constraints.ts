import type { ChangeBody } from '../change.ts'
import type { QualifiedName } from '../names.ts'
import { sameName } from '../names.ts'
import { compareExpressions } from '../sameness.ts'
import {
  type Constraint,
  type ForeignKeyConstraint,
  type Table,
  primaryKeyOf,
  sameColumns,
} from '../table.ts'
import { type Comparison, differs, nameOf } from './comparison.ts'

/** The constraints that differ, as what has to go and what has to come. */
export interface ConstraintChanges {
  readonly drops: readonly ChangeBody[]
  readonly keys: readonly ChangeBody[]
  readonly foreignKeys: readonly ChangeBody[]
}

/**
 * What leads from the constraints of one table to those of another. One that has the same name or the
 * same definition is the same: PostgreSQL keeps the names it made up when a table is renamed.
 */
export function constraintChanges(
  comparison: Comparison,
  from: Table,
  to: Table,
): ConstraintChanges {
  const table = nameOf(to)
  const old = from.constraints.filter(isCompared)
  const isLike = (a: Constraint, b: Constraint) => isSame(comparison, a, b, to)
  const wanted = to.constraints.filter((one) => isCompared(one) && !isImplied(one, from, to))
  const pairs = pair(old, wanted, isLike)
  const added: Constraint[] = []
  const drops: ChangeBody[] = []
  const altered: ChangeBody[] = []
  for (const [before, after] of pairs) {
    if (before && after && isLike(before, after)) continue
    if (
      before?.type === 'foreign key' &&
      after?.type === 'foreign key' &&
      sameReference(before, after)
    ) {
      altered.push({
        kind: 'AlterForeignKey',
        table,
        constraint: before.name,
        from: before,
        key: after,
      })
      continue
    }
    if (before) drops.push(dropConstraint(table, before))
    if (after) added.push(after)
  }
  const all = addedConstraints(to, added)
  return { drops, keys: all.keys, foreignKeys: [...altered, ...all.foreignKeys] }
}

export function dropConstraint(table: QualifiedName, { name }: Constraint): ChangeBody {
  return { kind: 'DropConstraint', table, constraint: name, cascade: false, ifExists: false }
}

/** Constraints as changes that add them; foreign keys apart, as they need the others' keys. */
export function addedConstraints(
  to: Table,
  constraints: readonly Constraint[],
): Pick<ConstraintChanges, 'keys' | 'foreignKeys'> {
  return {
    keys: constraints.flatMap((constraint) => addConstraint(to, constraint)),
    foreignKeys: constraints.flatMap((constraint) =>
      constraint.type === 'foreign key'
        ? [
            {
              kind: 'AddForeignKey' as const,
              table: nameOf(to),
              constraint: constraint.name,
              key: constraint,
              withColumn: null,
            },
          ]
        : [],
    ),
  }
}

function addConstraint(to: Table, constraint: Constraint): readonly ChangeBody[] {
  const table = nameOf(to)
  const common = { table, constraint: constraint.name, withColumn: null }
  const index = to.indexes.find((candidate) => candidate.constraint === constraint.name)
  switch (constraint.type) {
    case 'primary key':
    case 'unique': {
      const key = {
        ...common,
        columns: constraint.columns,
        included: index?.included ?? [],
        usingIndex: null,
      }
      return constraint.type === 'primary key'
        ? [{ kind: 'AddPrimaryKey', ...key }]
        : [{ kind: 'AddUnique', ...key, nullsNotDistinct: index?.nullsNotDistinct ?? false }]
    }
    case 'check':
      return [
        {
          kind: 'AddCheck',
          ...common,
          expression: constraint.expression,
          valid: true,
          enforced: true,
        },
      ]
    case 'exclude': {
      const { columns } = constraint
      return [
        {
          kind: 'AddExclusion',
          table,
          constraint: constraint.name,
          columns,
          method: index?.method ?? 'gist',
        },
      ]
    }
    default:
      return []
  }
}

/** NOT NULL belongs to the column. */
function isCompared({ type }: Constraint): boolean {
  return type !== 'not null'
}

/**
 * Whether a unique constraint is the primary key itself: of two keys on the same columns in one
 * CREATE TABLE the server makes one.
 */
function isImplied(constraint: Constraint, from: Table, to: Table): boolean {
  if (constraint.type !== 'unique') return false
  const isKey = ({ constraints }: Table) => {
    const primary = primaryKeyOf({ constraints })
    return primary?.type === 'primary key' && sameColumns(primary.columns, constraint.columns)
  }
  const isThere = from.constraints.some(
    ({ type, name }) => type === 'unique' && name === constraint.name,
  )
  return !isThere && isKey(from) && isKey(to)
}

/** Pairs what is alike, else what is of one kind and name; the rest stands alone. */
function pair(
  from: readonly Constraint[],
  to: readonly Constraint[],
  isLike: (a: Constraint, b: Constraint) => boolean,
): readonly (readonly [Constraint | undefined, Constraint | undefined])[] {
  const left = new Set(from)
  const found = new Map<Constraint, Constraint>()
  const take = (fits: (a: Constraint, b: Constraint) => boolean) => {
    for (const after of to) {
      if (found.has(after)) continue
      const before = [...left].find(
        (candidate) => candidate.type === after.type && fits(candidate, after),
      )
      if (before === undefined) continue
      found.set(after, before)
      left.delete(before)
    }
  }
  take((a, b) => a.name === b.name && isLike(a, b))
  take((a, b) => a.name === b.name)
  take((a, b) => a.type === 'primary key' || isLike(a, b))
  return [
    ...to.map((after) => [found.get(after), after] as const),
    ...[...left].map((before) => [before, undefined] as const),
  ]
}

function isSame(comparison: Comparison, a: Constraint, b: Constraint, to: Table): boolean {
  if (a.type === 'check' && b.type === 'check') {
    const sameness = compareExpressions(a.expression, b.expression)
    return a.name === b.name ? !differs(comparison, sameness) : sameness === 'same'
  }
  if (a.type === 'foreign key' && b.type === 'foreign key') {
    return sameReference(a, b) && a.onDelete === b.onDelete && a.onUpdate === b.onUpdate
  }
  if (a.type === 'check' || b.type === 'check' || a.type !== b.type) return false
  // USING INDEX of an index that was built outside of the migrations.
  if (a.columns.length === 0 || b.columns.length === 0) return a.name === b.name
  return sameColumns(a.columns, b.columns) && sameNulls(comparison, a, b, to)
}

function sameNulls({ from }: Comparison, a: Constraint, b: Constraint, to: Table): boolean {
  if (a.type !== 'unique') return true
  const old = from.tables.get(`${to.schema}\u0000${to.name}`)
  const distinct = (table: Table | undefined, name: string) =>
    table?.indexes.find(({ constraint }) => constraint === name)?.nullsNotDistinct ?? false
  return distinct(old, a.name) === distinct(to, b.name)
}

function sameReference(a: ForeignKeyConstraint, b: ForeignKeyConstraint): boolean {
  const pairs = ({ columns, referencedColumns }: ForeignKeyConstraint) =>
    columns.map((column, position) => `${column}\0${referencedColumns[position] ?? ''}`)
  if (!sameName(a.references, b.references)) return false
  return a.referencedColumns.length === 0 || b.referencedColumns.length === 0
    ? sameColumns(a.columns, b.columns)
    : sameColumns(pairs(a), pairs(b))
}
