import { type Unreadable, type Value, unreadable } from './value.ts'

/** A value as the data it stands for, if all of it is known; half of it would be another value. */
export function dataOf(value: Value): { readonly data: unknown } | Unreadable {
  switch (value.kind) {
    case 'literal':
      return { data: value.value }
    case 'array':
      return all(value.items, (items) => items)
    case 'object': {
      if (value.others !== null) return value.others
      const keys = [...value.entries.keys()]
      return all([...value.entries.values()], (items) =>
        Object.fromEntries(items.map((item, i) => [keys[i], item])),
      )
    }
    case 'function':
      return unreadable('it contains a function')
    case 'unreadable':
      return value
  }
}

function all(
  values: readonly Value[],
  put: (items: readonly unknown[]) => unknown,
): { readonly data: unknown } | Unreadable {
  const items: unknown[] = []
  for (const value of values) {
    const found = dataOf(value)
    if (!('data' in found)) return found
    items.push(found.data)
  }
  return { data: put(items) }
}
