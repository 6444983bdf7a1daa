import { type Catalog, findTable } from './catalog.ts'
import type { Expression } from './expression.ts'
import { displayColumn, displayName, nameKey } from './names.ts'
import type { Subject } from './subject.ts'
import {
  type Column,
  type Constraint,
  type Index,
  type Table,
  findColumn,
  findConstraint,
} from './table.ts'
import { type DataType, displayType } from './type.ts'

/** `posts.title`, `posts_author_id_fk`, as findings name an object. */
export function objectName({ kind, table, name }: Subject): string {
  if (table === null) return kind === 'schema' ? name.schema : displayName(name)
  if (kind === 'column') return displayColumn(table, name.name)
  return name.name === 'primary key' ? displayName(table) : name.name
}

/** `the column`, `the primary key of`: what goes in front of the name of something missing or added. */
export function objectKind(catalog: Catalog, subject: Subject): string {
  if (subject.kind !== 'constraint' || subject.table === null) return `the ${subject.kind}`
  if (subject.name.name === 'primary key') return 'the primary key of'
  const constraint = findConstraint(findTable(catalog, subject.table), subject.name.name)
  return constraint === undefined || constraint.type === 'check' || constraint.type === 'unique'
    ? `the ${constraint?.type ?? ''} constraint`
    : `the ${constraint.type}`
}

/**
 * How one object differs between two catalogs: what it is in the first, and what in the second; only
 * what is not the same is said.
 */
export function contrast(
  subject: Subject,
  actual: Catalog,
  expected: Catalog,
): readonly [string, string] {
  const { kind, table, name } = subject
  if (kind === 'enum') {
    return contrastLabels(
      actual.enums.get(nameKey(name))?.labels ?? [],
      expected.enums.get(nameKey(name))?.labels ?? [],
    )
  }
  if (kind === 'view') return ['a view of another kind', 'what it should be']
  if (table === null) return ['without row level security', 'with row level security']
  const [one, other] = [findTable(actual, table), findTable(expected, table)]
  if (kind === 'column') {
    const [a, b] = [findColumn(one, name.name), findColumn(other, name.name)]
    return a && b ? contrastColumns(a, b) : ['missing', 'there']
  }
  if (kind === 'index') {
    const find = (indexes: readonly Index[] = []) =>
      indexes.find((index) => index.name === name.name)
    return apart(describeIndex(find(one?.indexes)), describeIndex(find(other?.indexes)))
  }
  const describe = (holder: Table | undefined) =>
    describeConstraint(holder, constraintOf(holder, name.name))
  return apart(describe(one), describe(other))
}

function contrastLabels(
  actual: readonly string[],
  expected: readonly string[],
): readonly [string, string] {
  const quoted = (labels: readonly string[]) => labels.map((label) => `'${label}'`).join(' and ')
  const missing = expected.filter((label) => !actual.includes(label))
  const extra = actual.filter((label) => !expected.includes(label))
  const sides = (more: string, less: string) =>
    [
      extra.length > 0 ? `${more} ${quoted(extra)}` : '',
      missing.length > 0 ? `${less} ${quoted(missing)}` : '',
    ]
      .filter((side) => side !== '')
      .join(' and ')
  return [sides('with', 'without'), sides('without', 'with')]
}

function contrastColumns(a: Column, b: Column): readonly [string, string] {
  const pairs: (readonly [string, string])[] = [
    typesOf(a.type, b.type),
    [a.notNull ? 'NOT NULL' : 'nullable', b.notNull ? 'NOT NULL' : 'nullable'],
    [identityOf(a), identityOf(b)],
    generatedOf(a, b),
    [defaultOf(a), defaultOf(b)],
    sidesOf(counterOf(a.type), a.autoIncrement, b.autoIncrement),
    sidesOf('ON UPDATE CURRENT_TIMESTAMP', a.onUpdate, b.onUpdate),
  ]
  const differing = pairs.filter(([x, y]) => x !== y)
  return differing.length > 0
    ? [differing.map(([x]) => x).join(', '), differing.map(([, y]) => y).join(', ')]
    : ['computed in one way', 'in another']
}

function generatedOf(
  { generated: a }: Column,
  { generated: b }: Column,
): readonly [string, string] {
  const isStored = (one: Column['generated']) => (one?.stored ? 'STORED' : 'VIRTUAL')
  return a && b
    ? [isStored(a), isStored(b)]
    : [a ? 'generated' : 'not generated', b ? 'generated' : 'not generated']
}

function sidesOf(
  attribute: string,
  a: boolean | undefined,
  b: boolean | undefined,
): readonly [string, string] {
  const side = (has: boolean | undefined) => (has ? attribute : `without ${attribute}`)
  return [side(a), side(b)]
}

function typesOf(a: DataType, b: DataType): readonly [string, string] {
  const collation = ({ collation: name }: DataType) =>
    a.collation === b.collation ? '' : ` COLLATE ${name === null ? 'default' : `"${name}"`}`
  return [`${displayType(a)}${collation(a)}`, `${displayType(b)}${collation(b)}`]
}

function identityOf({ identity }: Column): string {
  return identity === null
    ? 'no identity column'
    : `GENERATED ${identity.toUpperCase()} AS IDENTITY`
}

function defaultOf({ serial, default: value }: Column): string {
  if (serial) return 'numbered from a sequence (serial)'
  return value === null
    ? 'without a default'
    : `DEFAULT ${displayExpression(value) ?? 'of its own'}`
}

/** A constant or a plain call as SQL; null for anything longer. */
export function displayExpression({ form }: Expression): string | null {
  if (form === null) return null
  const value = JSON.parse(form) as Partial<
    Record<'string' | 'number' | 'boolean' | 'call', unknown>
  > & { args?: unknown[] }
  if (typeof value.string === 'string') return `'${value.string.replaceAll("'", "''")}'`
  if (typeof value.number === 'string') return value.number
  if (typeof value.boolean === 'boolean') return String(value.boolean)
  if (typeof value.call !== 'string' || value.args?.length !== 0) return null
  return /^current_/.test(value.call) ? value.call.toUpperCase() : `${value.call}()`
}

function describeIndex(index: Index | undefined): string {
  if (index === undefined) return 'missing'
  const keys = index.columns.map((column) => column ?? '(an expression)').join(', ')
  const method = index.method === 'btree' ? '' : ` USING ${index.method}`
  const where = index.predicate === null ? '' : ' WHERE …'
  return `${index.unique ? 'a unique index' : 'an index'}${method} on ${keys}${where}`
}

function constraintOf(table: Table | undefined, name: string): Constraint | undefined {
  return name === 'primary key'
    ? table?.constraints.find(({ type }) => type === 'primary key')
    : findConstraint(table, name)
}

function describeConstraint(table: Table | undefined, constraint: Constraint | undefined): string {
  if (constraint === undefined) return 'missing'
  switch (constraint.type) {
    case 'check':
      return 'a CHECK'
    case 'foreign key': {
      const { columns, references, onDelete, onUpdate } = constraint
      const actions = `ON DELETE ${onDelete.toUpperCase()} ON UPDATE ${onUpdate.toUpperCase()}`
      return `a foreign key of ${columns.join(', ')} to ${displayName(references)} ${actions}`
    }
    default: {
      const index = table?.indexes.find((candidate) => candidate.constraint === constraint.name)
      const nulls = index?.nullsNotDistinct === true ? ' NULLS NOT DISTINCT' : ''
      return `${constraint.type.toUpperCase()}${nulls} (${constraint.columns.join(', ')})`
    }
  }
}

/** Where the words are the same, the difference is in an expression. */
function apart(a: string, b: string): readonly [string, string] {
  return a === b ? [`${a} with one expression`, `${b} with another`] : [a, b]
}

/** SQLite spells it in one word; there it is an `integer` always, on MySQL never. */
function counterOf({ name }: DataType): string {
  return name === 'integer' ? 'AUTOINCREMENT' : 'AUTO_INCREMENT'
}
