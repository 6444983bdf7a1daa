import type { A_Const, Node } from '@pgsql/types'
import type { Catalog } from '../../../catalog/catalog.ts'
import type { DataType } from '../../../catalog/type.ts'
import { dataType, strings } from './names.ts'

/** What the calls that stand in defaults return. */
const RETURNS: Readonly<Record<string, string>> = {
  now: 'timestamptz',
  transaction_timestamp: 'timestamptz',
  statement_timestamp: 'timestamptz',
  clock_timestamp: 'timestamptz',
  gen_random_uuid: 'uuid',
  uuidv4: 'uuid',
  uuidv7: 'uuid',
  nextval: 'int8',
  random: 'float8',
}

/** The same for CURRENT_DATE and its like, which are no calls in the grammar. */
const VALUES: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'date',
  SVFOP_CURRENT_TIME: 'timetz',
  SVFOP_CURRENT_TIMESTAMP: 'timestamptz',
  SVFOP_LOCALTIME: 'time',
  SVFOP_LOCALTIMESTAMP: 'timestamp',
}

/**
 * The type of a default before it was fitted to its column. That type, not the column's, has to
 * convert when the column's type changes (`strip_implicit_coercions`, ATExecAlterColumnType):
 * `DEFAULT 0` is an integer in a text column too; a quoted constant has the column's type.
 *
 * @returns null where it is the column's, or not known
 */
export function defaultType(catalog: Catalog, node: Node | undefined): DataType | null {
  if (node === undefined) return null
  if ('TypeCast' in node) return dataType(catalog, node.TypeCast.typeName, null)
  if ('A_Const' in node) return builtIn(constantType(node.A_Const))
  if ('FuncCall' in node) return builtIn(RETURNS[strings(node.FuncCall.funcname).at(-1) ?? ''])
  if ('SQLValueFunction' in node) return builtIn(VALUES[node.SQLValueFunction.op ?? ''])
  return null
}

function builtIn(name: string | undefined): DataType | null {
  return name === undefined
    ? null
    : { schema: null, name, modifiers: [], dimensions: 0, collation: null }
}

/** Integers too long for 32 bits reach the tree as text, like fractions. */
function constantType(constant: A_Const): string | undefined {
  if (constant.ival) return 'int4'
  if (constant.boolval) return 'bool'
  const digits = constant.fval?.fval
  if (digits === undefined) return undefined
  return /^-?\d+$/.test(digits) && BigInt(digits.replace('-', '')) < 2n ** 63n ? 'int8' : 'numeric'
}
