import type { DataType } from '../../../catalog/type.ts'

export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric'

/** What a column makes of its values, by its type's name ("Datatypes In SQLite", section 3.1). */
export function affinityOf({ name }: DataType): Affinity {
  if (name.includes('int')) return 'integer'
  if (/char|clob|text/.test(name)) return 'text'
  if (name === '' || name.includes('blob')) return 'blob'
  return /real|floa|doub/.test(name) ? 'real' : 'numeric'
}
