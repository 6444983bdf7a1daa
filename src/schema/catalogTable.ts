import { UNREAD_EXPRESSION } from '../catalog/expression.ts'
import type { Node } from 'estree'
import {
  type Column,
  type Constraint,
  type Epoch,
  type ForeignKeyConstraint,
  type Index,
  type Table,
  emptyTable,
  findColumn,
} from '../catalog/table.ts'
import type { DataType } from '../catalog/type.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'
import { coreOf } from '../dialects/cores.ts'
import { propertyOf } from './ast.ts'
import { snakeCase } from './casing.ts'
import { methodOf } from './chain.ts'
import { isWrittenOut } from './columnTypes.ts'
import { defaultExpression } from './defaultExpression.ts'
import { derivedForeignKey, derivedName } from './identifiers.ts'
import type {
  DeclaredColumn,
  DeclaredPart,
  DeclaredTable,
  MethodCall,
  SchemaFile,
} from './model.ts'

/** Where in the file a table of the catalog comes from. */
export interface TableOrigin {
  readonly table: Node
  /** Keys of the object literal, by the columns' names. */
  readonly columns: ReadonlyMap<string, DeclaredColumn>
  /** What to underline, by the names of constraints and indexes. */
  readonly parts: ReadonlyMap<string, Node>
}

export interface CatalogTable {
  readonly table: Table
  readonly origin: TableOrigin
  /**
   * Whether the table has all constraints and indexes that are declared. Where it has not (a foreign
   * key to a table of another file, a computed name, a column that a function of another file makes),
   * what it lacks may be declared all the same.
   */
  readonly partsComplete: boolean
}

/** What a file alone does not tell. */
export interface ReadingOptions {
  /** `casing` of the project's drizzle config; null for none. */
  readonly casing: 'snake_case' | 'camelCase' | null
  readonly createdIn: Epoch
  /** The table as it is: its columns keep the types that a file does not tell (custom types). */
  readonly existing?: Table
}

/**
 * A table of a schema file as the catalog would have it after its migration.
 *
 * @returns null if its own name or schema is not known. Columns of which the name or the type is not
 *   known are left out; without all names the table is not `complete`.
 */
export function catalogTable(
  declared: DeclaredTable,
  file: SchemaFile,
  options: ReadingOptions,
): CatalogTable | null {
  if (declared.name === null || declared.schema === undefined) return null
  const named = withCasing(declared, options)
  const name = {
    schema: declared.schema ?? coreOf(declared.dialect).defaultSchema,
    name: declared.name,
  }
  const primary = new Set(
    named.keys.flatMap(({ kind, columns }) => (kind === 'primary key' ? columns : [])),
  )
  const columns = new Map<string, DeclaredColumn>()
  const read: Column[] = []
  for (const column of named.columns) {
    const found = catalogColumn(column, declared.dialect, primary.has(column.key), options)
    if (found === null) continue
    read.push(found)
    columns.set(found.name, column)
  }
  const parts = new Map<string, Node>()
  const { constraints, indexes } = partsOf(named, file, options, parts)
  const declaredParts = [named.keys, named.indexes, named.foreignKeys, named.checks].flat()
  const isNamed = named.columns.every(({ name }) => name !== null)
  return {
    table: {
      ...emptyTable(name, options.createdIn),
      columns: read,
      constraints,
      indexes,
      rowSecurity: named.rowSecurity,
      complete: named.complete && isNamed,
    },
    origin: { table: declared.node, columns, parts },
    partsComplete:
      named.complete &&
      named.columns.every(({ known }) => known) &&
      named.extrasKnown &&
      parts.size === declaredParts.length,
  }
}

function withCasing(table: DeclaredTable, { casing }: ReadingOptions): DeclaredTable {
  const cased = (column: DeclaredColumn) => {
    if (!column.known || column.nameGiven) return column
    if (casing === 'camelCase')
      return { ...column, name: CAMEL.test(column.key) ? column.key : null }
    if (column.name !== null) return column
    return { ...column, name: casing === 'snake_case' ? snakeCase(column.key) : column.key }
  }
  return { ...table, columns: table.columns.map(cased) }
}

/** Keys that drizzle's camel case leaves as they are. */
const CAMEL = /^[a-z][a-z\d]*(?:[A-Z][a-z\d]+)*$/

/** A type that is written out to the end; null where a part of it stands elsewhere. */
function toldType(column: DeclaredColumn, dialect: SchemaDialect): DataType | null {
  const { type, builder, unsigned } = column
  if (builder !== null && !isWrittenOut(dialect, builder.name, builder.call)) return null
  return type && unsigned ? { ...type, name: `${type.name} unsigned` } : type
}

function catalogColumn(
  column: DeclaredColumn,
  dialect: SchemaDialect,
  inPrimaryKey: boolean,
  { createdIn, existing }: ReadingOptions,
): Column | null {
  const { name, serial, methods, known } = column
  if (name === null || !known) return null
  const old = findColumn(existing, name)
  const type = toldType(column, dialect) ?? old?.type ?? null
  if (type === null) return null
  const doubtful = namedBeforeArray(methods)
  const isRequired = ['notNull', 'primaryKey'].some((method) => doubtful.has(method))
    ? (old?.notNull ?? false)
    : column.notNull
  const identity = methods.find((method) => method.name.endsWith('AsIdentity'))
  const { autoIncrements } = coreOf(dialect)
  const isCounted = serial || (countsBy(methods) ?? old?.autoIncrement === true)
  return {
    name,
    type,
    notNull: isRequired || inPrimaryKey,
    default: doubtful.has('default') ? (old?.default ?? null) : defaultExpression(column),
    identity:
      identity === undefined ? null : identity.name.includes('Always') ? 'always' : 'by default',
    generated: generatedBy(column, dialect),
    serial: serial && !autoIncrements,
    ...(isCounted && autoIncrements ? { autoIncrement: true } : {}),
    ...(isUpdatedNow(column, type, old) ? { onUpdate: true } : {}),
    createdIn,
    defaultedIn: null,
    filledIn: null,
    writtenIn: null,
  }
}

/** `.autoincrement()` of MySQL, `.primaryKey({ autoIncrement: true })` of SQLite; null where it is computed. */
function countsBy(methods: readonly MethodCall[]): boolean | null {
  if (methodOf(methods, 'autoincrement')) return true
  const config = methodOf(methods, 'primaryKey')?.call.arguments[0]
  if (config === undefined) return false
  const value = propertyOf(config, 'autoIncrement')
  if (value === undefined) return config.type === 'ObjectExpression' ? false : null
  return value.type === 'Literal' ? value.value === true : null
}

/** drizzle-kit 1.0 leaves `.onUpdateNow()` out where the column has digits of a second: then it is as it was. */
function isUpdatedNow({ methods }: DeclaredColumn, type: DataType, old: Column | undefined) {
  if (!methodOf(methods, 'onUpdateNow')) return false
  return type.modifiers.length > 0 && old !== undefined ? old.onUpdate === true : true
}

function generatedBy({ methods }: DeclaredColumn, dialect: SchemaDialect): Column['generated'] {
  const call = methodOf(methods, 'generatedAlwaysAs')?.call
  if (call === undefined) return null
  const mode = propertyOf(call.arguments[1], 'mode')
  const stored =
    mode?.type === 'Literal' ? mode.value === 'stored' : coreOf(dialect).storesGenerated
  return { expression: UNREAD_EXPRESSION, stored }
}

/**
 * The methods that are called before `.array()` and not behind it: drizzle-orm 0.x forgets what they
 * said (`PgArrayBuilder` starts again), 1.0 does not. Which of them it is no schema file tells.
 */
function namedBeforeArray(methods: readonly MethodCall[]): ReadonlySet<string> {
  const names = methods.map(({ name }) => name)
  const at = names.lastIndexOf('array')
  const behind = new Set(names.slice(at + 1))
  return new Set(names.slice(0, Math.max(at, 0)).filter((name) => !behind.has(name)))
}

function partsOf(
  table: DeclaredTable,
  file: SchemaFile,
  options: ReadingOptions,
  parts: Map<string, Node>,
): Pick<Table, 'constraints' | 'indexes'> {
  const constraints: Constraint[] = []
  const indexes: Index[] = []
  const { createdIn } = options
  const nameOf = ({ name }: DeclaredPart, derive: () => string | null) =>
    name === null ? derive() : (name ?? null)
  const columnNames = (keys: readonly (string | null)[]) => namesOf(table, keys)
  const plain = {
    method: 'btree',
    included: [],
    expressionColumns: [],
    predicate: null,
    nullsNotDistinct: false,
  }
  for (const key of table.keys) {
    const isPrimary = key.kind === 'primary key'
    const derive = () =>
      isPrimary && key.columns.length === 1
        ? `${table.name}_pkey`
        : derivedName(table, key.columns, isPrimary ? 'pk' : 'unique')
    const name = nameOf(key, derive)
    const columns = columnNames(key.columns)
    if (name === null || columns === null) continue
    parts.set(name, key.node)
    constraints.push({ type: key.kind, name, columns, valid: true, createdIn })
    indexes.push({ ...plain, name, unique: true, columns, constraint: name, createdIn })
  }
  for (const index of table.indexes) {
    const name = nameOf(index, () => derivedName(table, index.columns, 'index'))
    if (name === null) continue
    parts.set(name, index.node)
    const columns = index.columns.map((key) =>
      key === null ? null : (namesOf(table, [key])?.[0] ?? null),
    )
    const required = index.where?.onlyNotNull ?? []
    const predicate =
      index.where === null
        ? null
        : {
            ...UNREAD_EXPRESSION,
            columns: required,
            provesNotNull: required,
            onlyNotNull: required.length > 0,
          }
    const { method, unique } = index
    indexes.push({
      ...plain,
      name,
      method,
      unique,
      columns,
      predicate,
      constraint: null,
      createdIn,
    })
  }
  for (const key of table.foreignKeys) {
    const found = foreignKey(table, key, file, options)
    if (found === null) continue
    parts.set(found.name, key.node)
    constraints.push(found)
  }
  for (const check of table.checks) {
    const name = nameOf(check, () => null)
    if (name === null) continue
    parts.set(name, check.node)
    constraints.push({ type: 'check', name, expression: UNREAD_EXPRESSION, valid: true, createdIn })
  }
  return { constraints, indexes }
}

function foreignKey(
  table: DeclaredTable,
  key: DeclaredTable['foreignKeys'][number],
  file: SchemaFile,
  options: ReadingOptions,
): ForeignKeyConstraint | null {
  const target = key.references === null ? undefined : file.table(key.references)
  if (!target?.name || target.schema === undefined) return null
  // An action that is computed is not known.
  if (key.actions.length !== [key.onDelete, key.onUpdate].filter(Boolean).length) return null
  const named = withCasing(target, options)
  const columns = namesOf(table, key.columns)
  const referencedColumns = namesOf(named, key.referencedColumns)
  const name = key.name === null ? derivedForeignKey(table, key, named) : key.name
  if (columns === null || referencedColumns === null || !name) return null
  return {
    type: 'foreign key',
    name,
    columns,
    references: {
      schema: target.schema ?? coreOf(target.dialect).defaultSchema,
      name: target.name,
    },
    referencedColumns,
    onDelete: key.onDelete ?? 'no action',
    onUpdate: key.onUpdate ?? 'no action',
    enforced: true,
    valid: true,
    createdIn: options.createdIn,
  }
}

function namesOf(table: DeclaredTable, keys: readonly (string | null)[]): string[] | null {
  const names = keys.map((key) => table.columns.find((column) => column.key === key)?.name ?? null)
  return names.every((name) => name !== null) ? names : null
}
