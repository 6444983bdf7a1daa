import type { Catalog } from '../catalog.ts'
import type {
  AddExclusion,
  AddPrimaryKey,
  AddUnique,
  ConstraintChange,
} from '../change/constraint.ts'
import type { Constraint, Index, Table } from '../table.ts'
import { dropConstraint } from './drop.ts'
import { renameConstraint } from './rename.ts'
import { updateTable } from './update.ts'

/** What a change of a constraint leaves behind. */
export function applyConstraintChange(catalog: Catalog, change: ConstraintChange): Catalog {
  const add = (constraint: Constraint) =>
    updateTable(catalog, change.table, (table) => ({
      ...table,
      constraints: [...table.constraints, constraint],
    }))
  const update = (edit: (constraint: Constraint) => Constraint) =>
    updateTable(catalog, change.table, (table) => ({
      ...table,
      constraints: table.constraints.map((constraint) =>
        constraint.name === change.constraint ? edit(constraint) : constraint,
      ),
    }))
  switch (change.kind) {
    case 'AddForeignKey':
      return add(change.key)
    case 'AlterForeignKey':
      return update(() => change.key)
    case 'AddCheck':
      return add({
        type: 'check',
        name: change.constraint,
        expression: change.expression,
        valid: change.valid && change.enforced,
        createdIn: catalog.deployment,
      })
    case 'AddUnique':
    case 'AddPrimaryKey':
      return addKey(catalog, change)
    case 'AddExclusion':
      return addExclusion(catalog, change)
    case 'ValidateConstraint':
      return validate(catalog, change)
    case 'DropConstraint':
      return dropConstraint(catalog, change.table, change.constraint)
    case 'RenameConstraint':
      return renameConstraint(catalog, change.table, change.constraint, change.to)
    case 'AlterConstraint':
      return change.enforced === null
        ? catalog
        : update((constraint) =>
            constraint.type === 'foreign key'
              ? {
                  ...constraint,
                  enforced: change.enforced === true,
                  valid: change.enforced === true,
                }
              : constraint,
          )
  }
}

function addExclusion(catalog: Catalog, change: AddExclusion): Catalog {
  const { constraint: name, columns } = change
  return updateTable(catalog, change.table, (table) => ({
    ...table,
    constraints: [
      ...table.constraints,
      { type: 'exclude', name, columns, valid: true, createdIn: catalog.deployment },
    ],
    indexes: [
      ...table.indexes,
      {
        name,
        method: change.method,
        unique: false,
        nullsNotDistinct: false,
        columns,
        included: [],
        expressionColumns: [],
        predicate: null,
        constraint: name,
        createdIn: catalog.deployment,
      },
    ],
  }))
}

function addKey(catalog: Catalog, change: AddUnique | AddPrimaryKey): Catalog {
  return updateTable(catalog, change.table, (table) => {
    const columns =
      change.columns.length > 0 ? change.columns : columnsOfIndex(table, change.usingIndex)
    const used = table.indexes.findIndex(({ name }) => name === change.usingIndex)
    return {
      ...table,
      columns:
        change.kind === 'AddPrimaryKey'
          ? table.columns.map((column) =>
              columns.includes(column.name) ? { ...column, notNull: true } : column,
            )
          : table.columns,
      constraints: [
        ...table.constraints,
        {
          type: change.kind === 'AddUnique' ? 'unique' : 'primary key',
          name: change.constraint,
          columns,
          valid: true,
          createdIn: catalog.deployment,
        },
      ],
      indexes: [
        // An index that is given keeps its age, by which foreign keys choose.
        ...(used < 0 ? table.indexes : table.indexes.slice(0, used)),
        keyIndex(catalog, change, columns, table.indexes),
        ...(used < 0 ? [] : table.indexes.slice(used + 1)),
      ],
    }
  })
}

function columnsOfIndex(table: Table, name: string | null): readonly string[] {
  const index = table.indexes.find((candidate) => candidate.name === name)
  return index?.columns.filter((column) => column !== null) ?? []
}

function keyIndex(
  catalog: Catalog,
  change: AddUnique | AddPrimaryKey,
  columns: readonly string[],
  indexes: readonly Index[],
): Index {
  const used = indexes.find(({ name }) => name === change.usingIndex)
  return {
    name: change.constraint,
    method: 'btree',
    unique: true,
    nullsNotDistinct:
      used?.nullsNotDistinct ?? (change.kind === 'AddUnique' && change.nullsNotDistinct),
    columns,
    included: change.included,
    expressionColumns: [],
    predicate: null,
    constraint: change.constraint,
    createdIn: catalog.deployment,
  }
}

function validate(catalog: Catalog, change: ConstraintChange): Catalog {
  return updateTable(catalog, change.table, (table) => {
    const target = table.constraints.find((constraint) => constraint.name === change.constraint)
    return {
      ...table,
      constraints: table.constraints.map((constraint) =>
        constraint === target ? { ...constraint, valid: true } : constraint,
      ),
      columns:
        target?.type === 'not null'
          ? table.columns.map((column) =>
              target.columns.includes(column.name) ? { ...column, notNull: true } : column,
            )
          : table.columns,
    }
  })
}
