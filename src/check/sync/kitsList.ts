import type { QualifiedName } from '../../catalog/names.ts'
import type { Subject } from '../../catalog/subject.ts'
import type { DialectName } from '../../dialects/names.ts'
import { coreOf } from '../../dialects/cores.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { ObjectKind, SchemaDifference } from '../../drizzle/kit/schemaDifference.ts'
import type { Lack } from './lack.ts'

/** What drizzle-kit says of a difference, where no catalog can say it. */
export function lackByKit(dialect: DialectName, difference: SchemaDifference): Lack {
  const { kind, change, object, table, text, content } = difference
  return { subject: subjectByKit(dialect, kind, object, table), change, object, text, content }
}

/**
 * The object that drizzle-kit names.
 *
 * @param object - `auth.users`; of a column `auth.users.email`
 * @param table - whose part it is
 */
export function subjectByKit(
  dialect: DialectName,
  kind: ObjectKind,
  object: string,
  table: string | null,
): Subject | null {
  const own = KINDS[kind] ?? null
  if (own === null) return null
  const qualified = (name: string) => qualifiedName(dialect, name)
  const holder = table ?? (kind === 'column' ? object.slice(0, object.lastIndexOf('.')) : null)
  if (own === 'schema') return { kind: own, table: null, name: { schema: object, name: '' } }
  if (holder === null) return { kind: own, table: null, name: qualified(object) }
  const name = kind === 'column' ? object.slice(object.lastIndexOf('.') + 1) : object
  const of = qualified(holder)
  return { kind: own, table: of, name: { schema: of.schema, name } }
}

const KINDS: Readonly<Record<ObjectKind, Subject['kind'] | null>> = {
  schema: 'schema',
  enum: 'enum',
  sequence: 'sequence',
  role: null,
  table: 'table',
  view: 'view',
  column: 'column',
  index: 'index',
  'foreign key': 'constraint',
  'primary key': 'constraint',
  'unique constraint': 'constraint',
  'check constraint': 'constraint',
  policy: 'policy',
}

function qualifiedName(dialect: DialectName, name: string): QualifiedName {
  const at = name.indexOf('.')
  return at < 0
    ? { schema: coreOf(dialectOf(dialect).base).defaultSchema, name }
    : { schema: name.slice(0, at), name: name.slice(at + 1) }
}
