/** Functions that came with a later version than the oldest that is supported (the release notes). */
const FUNCTIONS: Readonly<Record<number, string>> = {
  13: 'gen_random_uuid gcd lcm min_scale trim_scale normalize is_normalized',
  14: 'date_bin bit_count trim_array unistr string_to_table',
  15: 'regexp_count regexp_instr regexp_like regexp_substr',
  16: 'any_value array_sample array_shuffle date_add date_subtract erf erfc random_normal',
  17: 'to_bin to_oct uuid_extract_timestamp uuid_extract_version unicode_assigned xmltext',
  18: 'uuidv4 uuidv7 array_reverse array_sort casefold crc32 crc32c gamma lgamma',
}

/** The same of types. */
const TYPES: ReadonlyMap<string, number> = new Map(
  'int4multirange int8multirange nummultirange datemultirange tsmultirange tstzmultirange'
    .split(' ')
    .map((name) => [name, 14] as const),
)

/** The version of PostgreSQL that a type came with; null where all that are supported have it. */
export function typeSince(name: string): number | null {
  return TYPES.get(name) ?? null
}

const SINCE: ReadonlyMap<string, number> = new Map(
  Object.entries(FUNCTIONS).flatMap(([version, names]) =>
    names.split(' ').map((name) => [name, Number(version)] as const),
  ),
)

/** The version of PostgreSQL that a function came with; null where all that are supported have it. */
export function functionSince(name: string): number | null {
  return SINCE.get(name) ?? null
}
