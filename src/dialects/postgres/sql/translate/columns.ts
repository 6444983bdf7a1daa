import type { ColumnDef, Constraint as ConstraintNode, Node } from '@pgsql/types'
import type { Catalog } from '../../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import type { Column } from '../../../../catalog/table.ts'
import { defaultOf, expressionOf, mentionsIn } from '../expressions.ts'
import { collationName, dataType, isSerial, strings } from '../names.ts'
import { type Places, at } from './translation.ts'

/** A column definition, and the constraints written at it that become changes of their own. */
export interface TranslatedColumn {
  readonly column: Column
  readonly constraints: readonly ConstraintNode[]
  readonly places: Places
}

/** The constraint nodes of a list. */
export function constraintNodes(nodes: readonly Node[] | undefined): readonly ConstraintNode[] {
  const listed = (nodes ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []))
  // At a column, NOT ENFORCED and DEFERRABLE are nodes of their own behind the constraint.
  return listed.map((constraint, position) => {
    const after = listed.slice(position + 1)
    const end = after.findIndex(({ contype }) => contype?.startsWith('CONSTR_ATTR_') !== true)
    const attributes = end < 0 ? after : after.slice(0, end)
    const has = (contype: ConstraintNode['contype']) =>
      attributes.some((attribute) => attribute.contype === contype)
    const initdeferred = has('CONSTR_ATTR_DEFERRED')
    return {
      ...constraint,
      ...(has('CONSTR_ATTR_NOT_ENFORCED') && { is_enforced: false }),
      ...((initdeferred || has('CONSTR_ATTR_DEFERRABLE')) && { deferrable: true, initdeferred }),
    }
  })
}

/** What a column definition says, in CREATE TABLE and ADD COLUMN alike. */
export function translateColumn(catalog: Catalog, definition: ColumnDef): TranslatedColumn {
  const constraints = constraintNodes(definition.constraints)
  const find = (type: ConstraintNode['contype']) =>
    constraints.find((constraint) => constraint.contype === type)
  const serial = isSerial(definition.typeName)
  const defaulted = find('CONSTR_DEFAULT')
  const generated = find('CONSTR_GENERATED')
  const identity = find('CONSTR_IDENTITY')
  const notNull = find('CONSTR_NOTNULL')
  const primary = find('CONSTR_PRIMARY')
  const expression = defaulted && defaultOf(catalog, defaulted.raw_expr)
  return {
    column: {
      name: definition.colname ?? '',
      type: dataType(catalog, definition.typeName, collationName(definition.collClause?.collname)),
      notNull: Boolean(notNull ?? primary ?? identity) || serial,
      default: expression && !expression.isNull ? expression : null,
      identity: identity ? identityKind(identity.generated_when) : null,
      generated: generated
        ? {
            expression: expressionOf(generated.raw_expr),
            stored: generated.generated_kind !== 'v',
          }
        : null,
      serial,
      createdIn: catalog.deployment,
      defaultedIn: null,
      filledIn: null,
      writtenIn: null,
    },
    constraints: constraints.filter((constraint) => SEPARATE.has(constraint.contype ?? '')),
    places: {
      column: at(definition.location),
      name: at(definition.location),
      type: at(definition.typeName?.location),
      default: at(defaulted?.location ?? generated?.location ?? identity?.location),
      notNull: at(notNull?.location ?? primary?.location),
    },
  }
}

const SEPARATE: ReadonlySet<string> = new Set([
  'CONSTR_CHECK',
  'CONSTR_UNIQUE',
  'CONSTR_PRIMARY',
  'CONSTR_FOREIGN',
])

/** `a` is ALWAYS, `d` is BY DEFAULT (ATTRIBUTE_IDENTITY_*, pg_attribute.h). */
export function identityKind(letter: string | undefined): 'always' | 'by default' {
  return letter === 'd' ? 'by default' : 'always'
}

/** The sequence an identity clause names, if it names one, and the value it starts with. */
export function identityOptions(
  constraint: ConstraintNode | undefined,
  table: QualifiedName,
): { readonly sequence: QualifiedName | null; readonly startsWith: string | null } {
  let sequence: QualifiedName | null = null
  let startsWith: string | null = null
  for (const option of constraint?.options ?? []) {
    if (!('DefElem' in option)) continue
    const { defname, arg } = option.DefElem
    if (defname === 'sequence_name' && arg && 'List' in arg) {
      const names = strings(arg.List.items)
      sequence = { schema: names.at(-2) ?? table.schema, name: names.at(-1) ?? '' }
    }
    if (defname === 'start' && arg) {
      startsWith =
        'Integer' in arg ? String(arg.Integer.ival ?? 0) : (mentionsIn(arg).strings[0] ?? '')
    }
  }
  return { sequence, startsWith }
}
