import type { Constraint as ConstraintNode } from '@pgsql/types'
import { findTable } from '../../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import type { ReferentialAction } from '../../../../catalog/table.ts'
import { automaticName } from '../autoNames.ts'
import { columnOf, expressionOf } from '../expressions.ts'
import { rangeName, strings } from '../names.ts'
import { type Places, type Translation, at, word } from './translation.ts'

/** FKCONSTR_ACTION_* (parsenodes.h). */
const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

/**
 * A constraint that a table gets, written in CREATE TABLE, ADD COLUMN or ADD CONSTRAINT.
 *
 * @param column - the column it is written at, if it is written at one
 * @param withColumn - whether the same ALTER TABLE adds that column
 * @param only - whether it is added to this table alone, not to its partitions
 */
export function translateConstraint(
  translation: Translation,
  table: QualifiedName,
  node: ConstraintNode,
  column: string | null,
  withColumn: boolean,
  only = false,
): void {
  const places: Places = {
    constraint: node.conname ? word(node.conname, node.location) : at(node.location),
    name: node.conname ? word(node.conname, node.location) : at(node.location),
    references: at(node.pktable?.location),
  }
  const added = withColumn ? column : null
  const keys = column === null ? strings(node.keys) : [column]
  const name = (columns: readonly string[], label: Parameters<typeof automaticName>[3]) =>
    node.conname || automaticName(translation.catalog(), table, columns.join('_'), label)
  switch (node.contype) {
    case 'CONSTR_FOREIGN':
      return translateForeignKey(translation, table, node, column, added, places)
    case 'CONSTR_CHECK': {
      const expression = expressionOf(node.raw_expr)
      translation.emit(
        {
          kind: 'AddCheck',
          table,
          // PostgreSQL names a check after its column when it reads just one.
          constraint: name(expression.columns.length === 1 ? expression.columns : [], 'check'),
          expression,
          valid: !node.skip_validation,
          enforced: node.is_enforced === true,
          withColumn: added,
        },
        places,
      )
      return
    }
    case 'CONSTR_UNIQUE':
      translation.emit(
        {
          kind: 'AddUnique',
          table,
          constraint:
            node.conname || node.indexname || name([...keys, ...strings(node.including)], 'key'),
          columns: keys,
          included: strings(node.including),
          nullsNotDistinct: node.nulls_not_distinct === true,
          usingIndex: node.indexname || null,
          withColumn: added,
          ...(only && { only }),
        },
        places,
      )
      return
    case 'CONSTR_PRIMARY':
      translation.emit(
        {
          kind: 'AddPrimaryKey',
          table,
          constraint: node.conname || node.indexname || name([], 'pkey'),
          columns: keys,
          included: strings(node.including),
          usingIndex: node.indexname || null,
          withColumn: added,
          ...(only && { only }),
        },
        places,
      )
      return
    case 'CONSTR_EXCLUSION': {
      const columns = (node.exclusions ?? []).flatMap(excludedColumn)
      translation.emit(
        {
          kind: 'AddExclusion',
          table,
          constraint: name(columns, 'excl'),
          columns,
          method: node.access_method || 'btree',
        },
        places,
      )
      return
    }
    case 'CONSTR_NOTNULL':
      translation.emit(
        {
          kind: 'SetNotNull',
          table,
          column: keys[0] ?? '',
          constraint: name(keys, 'not_null'),
          notValid: node.skip_validation === true,
        },
        { ...places, column: word(keys[0] ?? '', node.location) },
      )
      return
    default:
      return
  }
}

/** An element of EXCLUDE is a list of an index element and its operator. */
function excludedColumn(node: NonNullable<ConstraintNode['exclusions']>[number]): string[] {
  if (!('List' in node)) return []
  return (node.List.items ?? []).flatMap((item) => {
    if (!('IndexElem' in item)) return []
    const column = item.IndexElem.name ?? columnOf(item.IndexElem.expr)
    return column ? [column] : []
  })
}

function translateForeignKey(
  translation: Translation,
  table: QualifiedName,
  node: ConstraintNode,
  column: string | null,
  withColumn: string | null,
  places: Places,
): void {
  const catalog = translation.catalog()
  const references = rangeName(catalog, node.pktable)
  const columns = column === null ? strings(node.fk_attrs) : [column]
  const named = strings(node.pk_attrs)
  const primary = findTable(catalog, references)?.constraints.find(
    (constraint) => constraint.type === 'primary key',
  )
  const referencedColumns =
    named.length > 0 ? named : primary?.type === 'primary key' ? primary.columns : []
  const constraint = node.conname || automaticName(catalog, table, columns.join('_'), 'fkey')
  translation.emit(
    {
      kind: 'AddForeignKey',
      table,
      constraint,
      key: {
        type: 'foreign key',
        name: constraint,
        columns,
        references,
        referencedColumns,
        onDelete: ACTIONS[node.fk_del_action ?? 'a'] ?? 'no action',
        onUpdate: ACTIONS[node.fk_upd_action ?? 'a'] ?? 'no action',
        valid: !node.skip_validation && node.is_enforced === true,
        enforced: node.is_enforced === true,
        createdIn: catalog.deployment,
        ...((node.deferrable || node.initdeferred) && {
          deferrable: node.initdeferred ? 'deferred' : 'immediate',
        }),
        ...(named.length === 0 && { toPrimaryKey: true }),
      },
      withColumn,
    },
    places,
  )
}
