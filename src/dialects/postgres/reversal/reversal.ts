import { reversals } from '../../reversal/general.ts'
import { columns } from './columns.ts'
import { constraints } from './constraints.ts'
import { others } from './others.ts'
import { tables } from './tables.ts'

/** How PostgreSQL undoes a change. */
export const reversalOf = reversals({ ...tables, ...columns, ...constraints, ...others })
