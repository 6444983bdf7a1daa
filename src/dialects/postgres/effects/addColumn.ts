import { findDomain, findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { displayName } from '../../../catalog/names.ts'
import { findColumn } from '../../../catalog/table.ts'
import type { Effects } from '../../effects.ts'
import { EffectsBuilder } from './build.ts'
import { requireTable } from './existence.ts'
import { IDENTITY_TYPE, canCount } from './identity.ts'
import { doubtfulFunctions, isVolatile } from './volatility.ts'

/** ADD COLUMN (ATExecAddColumn in PostgreSQL's tablecmds.c). */
export function addColumnEffects(change: ChangeOf<'AddColumn'>): Effects {
  const { before: catalog, table, definition } = change
  const effects = new EffectsBuilder(catalog).lock(table, 'AccessExclusive')
  if (!requireTable(effects, catalog, table)) return effects.done()
  if (findColumn(findTable(catalog, table), change.column) !== undefined) {
    if (!change.ifNotExists) {
      effects.fails(
        '42701',
        `column "${change.column}" of relation "${displayName(table)}" already exists`,
      )
    }
    return effects.done()
  }
  const domain = findDomain(catalog, definition.type)
  if (definition.identity !== null && !canCount(catalog, definition.type)) {
    effects.fails('22023', IDENTITY_TYPE)
  }
  const rewrites =
    definition.serial ||
    definition.identity !== null ||
    definition.generated?.stored === true ||
    domain?.constrained === true
  if (rewrites) effects.rewrite(table)
  else if (definition.default !== null && isVolatile(catalog, definition.default)) {
    effects.rewrite(table)
    const doubtful = doubtfulFunctions(catalog, definition.default)
    const calls = doubtful.map((name) => `${name}()`).join(' and ')
    if (calls !== '')
      effects.unless(`${calls} ${doubtful.length > 1 ? 'are' : 'is'} declared STABLE or IMMUTABLE`)
  }
  const filled =
    definition.default !== null ||
    definition.serial ||
    definition.identity !== null ||
    definition.generated !== null
  if (definition.notNull && !filled) {
    effects.failsOnRows(
      table,
      '23502',
      `column "${change.column}" of relation "${displayName(table)}" contains null values`,
    )
  }
  return effects.done()
}
