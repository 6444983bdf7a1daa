/** A column's type as the catalog keeps it: named, not yet looked up. */
export interface DataType {
  /** null for the server's own types. */
  readonly schema: string | null
  /** The server's internal name: `int4`, `varchar`, `bpchar`, `timestamptz`. */
  readonly name: string
  /** `varchar(50)` → `[50]`, `numeric(10,2)` → `[10, 2]`. */
  readonly modifiers: readonly number[]
  /** 0, or 1 for `text[]` (PostgreSQL does not tell more dimensions apart). */
  readonly dimensions: number
  readonly collation: string | null
  /** Of MySQL's ENUM and SET, which are types of one column. */
  readonly labels?: readonly string[]
  /** The character set, where the column or its table names one. */
  readonly charset?: string
}

/** SQL's words for internal names, where the two differ. */
export const SQL_TYPE_NAMES: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
  char: '"char"',
  timestamptz: 'timestamp with time zone',
  timetz: 'time with time zone',
}

/** How messages show a type: the SQL name with its modifiers. */
export function displayType(type: DataType): string {
  // PostgreSQL's "char" has no length, that of all others always one.
  const isInternal = type.name !== 'char' || type.modifiers.length === 0
  const known = isInternal ? SQL_TYPE_NAMES[type.name] : undefined
  const name = type.schema === null ? (known ?? type.name) : type.name
  const qualified =
    type.schema === null || type.schema === 'public' ? name : `${type.schema}.${name}`
  const labels = type.labels?.map((label) => `'${label.replaceAll("'", "''")}'`)
  const inside = labels ?? type.modifiers
  const modifiers = inside.length > 0 ? `(${inside.join(',')})` : ''
  // `timestamp(3) with time zone`, `decimal(10,2) unsigned`: modifiers stand behind the first word.
  const modified =
    modifiers === '' ? qualified : qualified.replace(/^\w+(?= with| unsigned)|$/, `$&${modifiers}`)
  return `${modified}${'[]'.repeat(type.dimensions)}`
}

/** Whether two types are one and the same, modifiers and collation included. */
export function sameType(a: DataType, b: DataType): boolean {
  return (
    a.schema === b.schema &&
    a.name === b.name &&
    a.dimensions === b.dimensions &&
    a.collation === b.collation &&
    (a.charset === b.charset || !a.charset || !b.charset) &&
    JSON.stringify(a.labels) === JSON.stringify(b.labels) &&
    a.modifiers.join() === b.modifiers.join()
  )
}
