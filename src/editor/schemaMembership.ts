import { isAbsolute, join } from 'node:path'
import { existsSync } from 'node:fs'
import type { ConfigPath } from '../drizzle/find/paths.ts'
import { fixedPart } from '../drizzle/find/placement.ts'
import { basesOf, nearestConfigs } from './drizzleConfigs.ts'
import { isNamed, schemaGraph } from './schemaGraph.ts'

/**
 * Whether a file is of a schema that drizzle-kit reads: one that the `schema` of the nearest drizzle
 * config names, or that those files import. What `drizzle-kit pull` has written, a test's tables or a
 * script's three columns are not.
 *
 * @param file - absolute; a text without a file belongs to no schema that can be told
 * @returns null where it cannot be told: no config, or one that does not say; a schema that is not
 *   where it should be, or takes tables from a package
 */
export function isOfSchema(file: string): boolean | null {
  const nearest = isAbsolute(file) ? nearestConfigs(file) : null
  if (nearest === null) return null
  const answers = nearest.readings.map(({ schema }) =>
    schema.kind === 'value' ? isOfConfigured(file, schema.value, nearest.folder) : null,
  )
  if (answers.includes(true)) return true
  return answers.includes(null) ? null : false
}

/**
 * All files of the schema that a file belongs to.
 *
 * @param file - absolute
 * @returns null where that is not one schema, or its files cannot all be told
 */
export function wholeSchemaAround(file: string): ReadonlySet<string> | null {
  const nearest = isAbsolute(file) ? nearestConfigs(file) : null
  if (nearest === null) return null
  const { folder } = nearest
  const own = nearest.readings.filter(
    ({ schema }) => schema.kind === 'value' && isOfConfigured(file, schema.value, folder) === true,
  )
  const [reading, ...others] = own
  if (reading?.schema.kind !== 'value' || others.length > 0) return null
  const files = new Set<string>()
  for (const { path, from } of reading.schema.value) {
    const bases = from === 'root' ? [folder] : basesOf(folder)
    const base = bases.find((candidate) => existsSync(join(candidate, fixedPart(path))))
    const graph = base === undefined ? null : schemaGraph(base, path)
    if (graph === null || !graph.isWhole) return null
    // Every file of a large schema asks.
    if (reading.schema.value.length === 1) return graph.files
    for (const one of graph.files) files.add(one)
  }
  return files
}

/**
 * The same of one config.
 *
 * @param schema - what it names
 * @param folder - absolute; where it stands
 */
export function isOfConfigured(
  file: string,
  schema: readonly ConfigPath[],
  folder: string,
): boolean | null {
  let isKnown = true
  for (const { path, from } of schema) {
    const bases = from === 'root' ? [folder] : basesOf(folder)
    const base = bases.find((candidate) => existsSync(join(candidate, fixedPart(path))))
    if (bases.some((candidate) => isNamed(file, candidate, path))) return true
    const graph = base === undefined ? null : schemaGraph(base, path)
    if (graph?.files.has(file)) return true
    isKnown &&= graph !== null && graph.isWhole && graph.files.size > 0
  }
  return isKnown ? false : null
}
