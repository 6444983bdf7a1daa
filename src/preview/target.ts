import type { Expression } from '../catalog/expression.ts'
import {
  type Column,
  type Constraint,
  type Index,
  type Table,
  constraintColumns,
  findColumn,
  primaryKeyOf,
} from '../catalog/table.ts'
import { type DataType, sameType } from '../catalog/type.ts'

/**
 * A table as a schema file declares it, with everything from the database of which no schema file
 * tells, so that what is left of a difference is the file's: policies, triggers, exclusion
 * constraints, collations, what an index's expressions say.
 *
 * @param declared - read from the file
 * @param existing - the table as the migrations leave it
 * @param cut - what becomes of a name that is too long
 */
export function targetTable(
  declared: Table,
  existing: Table,
  cut: (name: string) => string,
): Table {
  const key = primaryKeyOf(existing)
  const inKey = new Set(key === undefined ? [] : constraintColumns(key))
  return {
    ...existing,
    ...fittedParts(declared, existing, cut),
    complete: declared.complete,
    columns: declared.columns.map((column) =>
      fittedColumn(column, findColumn(existing, column.name), inKey.has(column.name)),
    ),
  }
}

/** Constraints and indexes: the existing one wherever the file says the same. */
function fittedParts(
  declared: Table,
  existing: Table,
  cut: (name: string) => string,
): Pick<Table, 'constraints' | 'indexes'> {
  const clipped = <T extends Constraint | Index>(part: T): T => ({ ...part, name: cut(part.name) })
  const constraints = new Set(existing.constraints.filter(({ type }) => type === 'exclude'))
  const indexes = new Set<Index>()
  const behind = ({ indexes }: Table, name: string) =>
    indexes.filter(({ constraint }) => constraint === name)
  for (const { name } of constraints) for (const index of behind(existing, name)) indexes.add(index)
  const keep = (index: Index) => {
    indexes.add(index)
    const constraint = existing.constraints.find(({ name }) => name === index.constraint)
    if (constraint) constraints.add(constraint)
  }
  for (const constraint of declared.constraints) {
    const twin = constraint.type === 'unique' ? uniqueOn(existing, clipped(constraint)) : undefined
    if (twin) keep(twin)
    else constraints.add(clipped(constraint))
    if (!twin) for (const index of behind(declared, constraint.name)) indexes.add(clipped(index))
  }
  for (const index of declared.indexes.filter(({ constraint }) => constraint === null)) {
    const twin = twinOf(clipped(index), existing)
    if (twin) keep(twin)
    else indexes.add(clipped(index))
  }
  return { constraints: [...constraints], indexes: [...indexes] }
}

/**
 * A unique index and a unique constraint forbid the same; early drizzle-kit wrote the one for the
 * other. A primary key does too, but has its own declaration.
 */
function uniqueOn(
  { indexes, constraints }: Table,
  { name, columns }: { readonly name: string; readonly columns: readonly (string | null)[] },
): Index | undefined {
  const isKey = (index: Index) =>
    constraints.some(({ type, name }) => type === 'primary key' && name === index.constraint)
  const found = indexes.filter(
    (index) =>
      index.unique &&
      index.predicate === null &&
      index.columns.join('\0') === columns.join('\0') &&
      !isKey(index),
  )
  return found.find((index) => index.name === name) ?? found[0]
}

/** The index that a declared one is, as far as the file tells: not what its expressions say. */
function twinOf(index: Index, existing: Table): Index | undefined {
  const twin = existing.indexes.find(
    (old) =>
      old.name === index.name &&
      old.method === index.method &&
      old.unique === index.unique &&
      (old.predicate === null) === (index.predicate === null) &&
      old.columns.length === index.columns.length &&
      index.columns.every((column, at) => column === null || column === old.columns[at]),
  )
  const isPlain = index.unique && index.predicate === null && !index.columns.includes(null)
  return twin ?? (isPlain ? uniqueOn(existing, index) : undefined)
}

/** A key's columns are NOT NULL, or not, as they are: SQLite lets them be, and drizzle-kit has changed its mind. */
function fittedColumn(column: Column, old: Column | undefined, inKey: boolean): Column {
  const value = column.default?.isNull === true ? null : column.default
  if (old === undefined) return { ...column, default: value }
  return {
    ...column,
    notNull: inKey ? old.notNull : column.notNull,
    type: fittedType(column.type, old.type),
    default: value && withLabel(value, column.type),
    createdIn: old.createdIn,
  }
}

function fittedType(type: DataType, old: DataType): DataType {
  const { charset } = old
  const collated = { ...type, collation: old.collation, ...(charset ? { charset } : {}) }
  return sameType(collated, old) ? old : collated
}

/** An enum's label is a constant that can be compared with the old default. */
function withLabel(value: Expression, { schema, dimensions }: DataType): Expression {
  const [label] = value.strings
  const isLabel = schema !== null && dimensions === 0 && value.functions.length === 0
  if (!isLabel || label === undefined) return value
  return { ...value, form: JSON.stringify({ string: label }) }
}
