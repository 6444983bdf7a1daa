import { type Catalog, relationInAnyCase } from '../../../catalog/catalog.ts'
import { lowerCase } from '../../../catalog/aspects.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { Lookup } from '../../ddl/querySources.ts'
import type { ObjectName } from '../../ddl/syntax.ts'
import { lookupBy, sameWord } from '../../ddl/translation.ts'

/** Tables of the main database stand in no schema. */
const DEFAULT_SCHEMA = ''

/** The schema of a database: its name, if it is another one than the main. */
function schemaOf(name: ObjectName, temporary: boolean): string {
  if (temporary) return 'temp'
  const schema = name.schema?.text ?? 'main'
  return sameWord(schema, 'main') ? DEFAULT_SCHEMA : lowerCase(schema)
}

/** A name for something new. */
export function newName(name: ObjectName, temporary = false): QualifiedName {
  return { schema: schemaOf(name, temporary), name: name.name.text }
}

/** The relation a name means, spelled as it was created. */
export function relationName(catalog: Catalog, name: ObjectName): QualifiedName {
  const wanted = newName(name)
  const temporary =
    name.schema === null && relationInAnyCase(catalog, { ...wanted, schema: 'temp' })
  return temporary || (relationInAnyCase(catalog, wanted) ?? wanted)
}

/** Looks names up for queries. */
export function lookupIn(catalog: Catalog): Lookup {
  return lookupBy(catalog, relationName)
}
