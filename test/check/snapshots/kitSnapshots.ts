import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll } from 'vitest'

interface Kit {
  generateDrizzleJson(imports: Record<string, unknown>, parent?: string): { readonly id: string }
  generateMigration(from: object, to: object): Promise<string[]>
}

/** The installed drizzle-kit's own code: what `generate` calls. */
export const kit = createRequire(import.meta.url)('drizzle-kit/api') as Kit

const BUILDERS =
  'pgTable, pgSchema, pgEnum, pgSequence, pgView, pgMaterializedView, pgPolicy, serial, bigserial, integer, bigint, text, varchar, char, boolean, numeric, json, jsonb, uuid, timestamp, index, uniqueIndex, unique, check, primaryKey, foreignKey'

/**
 * Makes snapshots from schema files, as drizzle-kit would. Call at the top of a test file.
 *
 * @returns the JSON of the snapshot of a schema; a schema without imports gets the usual ones
 */
export function kitSnapshots(): (
  schema: string,
  parent?: string,
) => Promise<{ readonly id: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-snapshots-'))
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let count = 0
  return async (schema, parent) => {
    const file = join(folder, `schema${count++}.ts`)
    const head = `import { sql } from 'drizzle-orm'\nimport { ${BUILDERS} } from 'drizzle-orm/pg-core'\n`
    writeFileSync(file, schema.includes('import ') ? schema : head + schema)
    const imports = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<
      string,
      unknown
    >
    return kit.generateDrizzleJson(imports, parent)
  }
}
