import type { ChangeBody } from '../../../catalog/change.ts'
import type { Expression } from '../../../catalog/expression.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { Column, Constraint, Index, Policy, Trigger } from '../../../catalog/table.ts'
import type { DataType } from '../../../catalog/type.ts'

/** What an object needs that the database has to have already. */
export interface Uses {
  /** Without a schema in the text their schema is empty. */
  readonly functions: readonly QualifiedName[]
  readonly types: readonly DataType[]
  /** Schemas that something is created in, or that something it points at stands in. */
  readonly schemas: readonly string[]
  readonly operatorClasses: readonly string[]
  /** Access methods of indexes. */
  readonly methods: readonly string[]
}

export const NOTHING: Uses = {
  functions: [],
  types: [],
  schemas: [],
  operatorClasses: [],
  methods: [],
}

function joined(all: readonly Uses[]): Uses {
  return {
    functions: all.flatMap(({ functions }) => functions),
    types: all.flatMap(({ types }) => types),
    schemas: all.flatMap(({ schemas }) => schemas),
    operatorClasses: all.flatMap(({ operatorClasses }) => operatorClasses),
    methods: all.flatMap(({ methods }) => methods),
  }
}

function calls(...expressions: readonly (Expression | null | undefined)[]): Uses {
  return { ...NOTHING, functions: expressions.flatMap((one) => one?.functions ?? []) }
}

export function usesOfColumn(column: Column): Uses {
  return {
    ...calls(column.default, column.generated?.expression),
    types: [column.type],
  }
}

export function usesOfIndex(index: Index): Uses {
  return {
    ...NOTHING,
    functions: [...(index.functions ?? []), ...(index.predicate?.functions ?? [])],
    operatorClasses: (index.operatorClasses ?? []).filter((name) => name !== null),
    methods: [index.method],
  }
}

export function usesOfConstraint(constraint: Constraint): Uses {
  if (constraint.type === 'check') return calls(constraint.expression)
  return constraint.type === 'foreign key'
    ? { ...NOTHING, schemas: [constraint.references.schema] }
    : NOTHING
}

export function usesOfPolicy(policy: Policy): Uses {
  return { ...NOTHING, functions: policy.functions ?? [] }
}

export function usesOfTrigger({ calls }: Pick<Trigger, 'calls'>): Uses {
  return calls ? { ...NOTHING, functions: [calls] } : NOTHING
}

/** What a change needs that the database has to have already. */
export function usesOf(change: ChangeBody): Uses {
  switch (change.kind) {
    case 'CreateTable':
      return joined([
        { ...NOTHING, schemas: [change.table.schema] },
        ...change.definition.columns.map(usesOfColumn),
        ...change.definition.constraints.map(usesOfConstraint),
      ])
    case 'AddColumn':
      return usesOfColumn(change.definition)
    case 'AlterColumnType':
      return {
        ...calls(change.using?.kind === 'other' ? change.using.expression : null),
        types: [change.to],
      }
    case 'SetDefault':
      return calls(change.default)
    case 'SetExpression':
    case 'AddCheck':
      return calls(change.expression)
    case 'AddForeignKey':
      return { ...NOTHING, schemas: [change.key.references.schema] }
    case 'CreateIndex':
      return usesOfIndex(change.index)
    case 'CreatePolicy':
      return usesOfPolicy(change.policy)
    case 'CreateTrigger':
      return usesOfTrigger(change)
    case 'CreateEnum':
    case 'CreateType':
      return { ...NOTHING, schemas: [change.type.schema] }
    case 'CreateDomain':
      return { ...NOTHING, schemas: [change.type.schema], types: [change.base] }
    case 'CreateView':
      return { ...NOTHING, schemas: [change.view.schema] }
    case 'CreateSequence':
      return { ...NOTHING, schemas: [change.sequence.schema] }
    case 'CreateFunction':
      return { ...NOTHING, schemas: [change.function.schema] }
    case 'SetTableSchema':
      return { ...NOTHING, schemas: [change.to.schema] }
    default:
      return NOTHING
  }
}
