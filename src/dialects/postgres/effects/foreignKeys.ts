import { type Catalog, findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { displayName } from '../../../catalog/names.ts'
import {
  type ForeignKeyConstraint,
  type ReferentialAction,
  type Table,
  findColumn,
  isKeyOn,
} from '../../../catalog/table.ts'
import { displayType } from '../../../catalog/type.ts'
import type { Effects, Session } from '../../effects.ts'
import { isAllNull } from './allNull.ts'
import { EffectsBuilder } from './build.ts'
import { comparable } from './comparable.ts'
import { nameIsFree, requireColumn, requireTable } from './existence.ts'
import { resolveType } from './resolveType.ts'

/** ADD FOREIGN KEY: SHARE ROW EXCLUSIVE on both tables, and a scan unless NOT VALID. */
export function addForeignKeyEffects(change: ChangeOf<'AddForeignKey'>, session: Session): Effects {
  const { before: catalog, table, key } = change
  const effects = new EffectsBuilder(catalog)
    .lock(table, 'ShareRowExclusive')
    .lock(key.references, 'ShareRowExclusive')
  const bothThere =
    requireTable(effects, catalog, table) && requireTable(effects, catalog, key.references)
  if (!bothThere) return effects.done()
  nameIsFree(effects, catalog, table, change.constraint)
  definitionErrors(effects, catalog, change, session)
  const known = findTable(catalog, table)
  const allNull = key.columns.some((column) => isAllNull(catalog, findColumn(known, column)))
  // Where the same ALTER TABLE adds the column, PostgreSQL itself knows that and does not look.
  const spared = allNull && change.withColumn !== null
  if (key.valid && !spared && !isEmpty(catalog, table)) effects.scan(table)
  if (key.valid && !allNull && !isEmpty(catalog, table)) {
    effects.scan(key.references)
    effects.mayFail(
      table,
      '23503',
      `insert or update on table "${displayName(table)}" violates foreign key constraint "${key.name}"`,
    )
  }
  return effects.done()
}

function definitionErrors(
  effects: EffectsBuilder,
  catalog: Catalog,
  change: ChangeOf<'AddForeignKey'>,
  session: Session,
): void {
  const { table, key } = change
  for (const column of key.columns) requireColumn(effects, catalog, table, column)
  for (const column of key.referencedColumns) {
    requireColumn(effects, catalog, key.references, column)
  }
  const own = findTable(catalog, table)
  const target = findTable(catalog, key.references)
  for (const [position, name] of key.columns.entries()) {
    const from = findColumn(own, name)
    const to = findColumn(target, key.referencedColumns[position] ?? '')
    if (
      !from ||
      !to ||
      comparable(resolveType(catalog, from.type), resolveType(catalog, to.type))
    ) {
      continue
    }
    effects.fails(
      '42804',
      `foreign key constraint "${key.name}" cannot be implemented: ${name} is ${displayType(from.type)}, ${to.name} is ${displayType(to.type)}`,
    )
  }
  if (target?.complete && !catalog.blind && key.referencedColumns.length > 0) {
    if (!target.indexes.some((index) => isKeyOn(index, key.referencedColumns))) {
      effects.fails(
        '42830',
        `there is no unique constraint matching given keys for referenced table "${displayName(key.references)}"`,
      )
    }
  }
  generatedColumns(effects, own, key)
  if (target?.unlogged === true && own?.complete === true && own.unlogged !== true) {
    effects.fails('42P16', 'constraints on permanent tables may reference only permanent tables')
  }
  if (
    own?.partitionKey &&
    !key.valid &&
    key.enforced &&
    session.version !== null &&
    session.version < 18
  ) {
    effects.fails(
      '42809',
      'a foreign key on a partitioned table cannot be NOT VALID before PostgreSQL 18',
    )
  }
}

/** What is computed cannot be set by an action, and what is not stored cannot be looked up. */
function generatedColumns(
  effects: EffectsBuilder,
  table: Table | undefined,
  { columns, onDelete, onUpdate }: ForeignKeyConstraint,
): void {
  const generated = columns.flatMap((name) => findColumn(table, name)?.generated ?? [])
  if (generated.length === 0) return
  const sets = (action: ReferentialAction) => action === 'set null' || action === 'set default'
  const where = 'for foreign key constraint containing generated column'
  if (sets(onDelete)) effects.fails('42601', `invalid ON DELETE action ${where}`)
  else if (sets(onUpdate) || onUpdate === 'cascade') {
    effects.fails('42601', `invalid ON UPDATE action ${where}`)
  } else if (generated.some(({ stored }) => !stored)) {
    effects.fails('0A000', 'foreign key constraints on virtual generated columns are not supported')
  }
}

/** DROP and ADD of one foreign key: ACCESS EXCLUSIVE on both tables while the new one is checked. */
export function alterForeignKeyEffects(change: ChangeOf<'AlterForeignKey'>): Effects {
  const { before: catalog, table, key } = change
  const from: ForeignKeyConstraint = change.from
  const effects = new EffectsBuilder(catalog)
    .lock(table, 'AccessExclusive')
    .lock(from.references, 'AccessExclusive')
  if (key.valid && !isEmpty(catalog, table)) effects.scan(table).scan(key.references)
  return effects.done()
}
