const INTEGERS: ReadonlySet<string> = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint'])

/** What a type without its numbers stands for. */
const LENGTHS: Readonly<Record<string, readonly number[]>> = {
  char: [1],
  binary: [1],
  bit: [1],
  decimal: [10, 0],
}

/**
 * What of the numbers behind a type makes another type of it. The width of an integer is how many digits
 * a client may show; a fraction of no digits is none.
 *
 * @param name - the type's one name: `int`, `decimal`
 */
export function typeModifiers(name: string, numbers: readonly number[]): readonly number[] {
  if (INTEGERS.has(name) || name === 'year' || /text$|blob$/.test(name)) return []
  if (/^(?:datetime|timestamp|time)$/.test(name) && numbers[0] === 0) return []
  const [first] = numbers
  if (name === 'decimal' && numbers.length === 1 && first !== undefined) return [first, 0]
  return numbers.length > 0 ? numbers : (LENGTHS[name] ?? [])
}
