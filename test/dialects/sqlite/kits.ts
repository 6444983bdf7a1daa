import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll } from 'vitest'
import { type KitVersion, modulesOf } from '../../drizzle/kit/kits.ts'

/** What `generate` of a drizzle-kit makes of schema files for SQLite. */
export interface Generator {
  snapshot(schema: string, parent?: string): Promise<{ readonly id: string }>
  statements(from: object, to: object): Promise<readonly string[]>
}

interface Api {
  generateSQLiteDrizzleJson?(imports: object, parent?: string): Promise<{ readonly id: string }>
  generateSQLiteMigration?(from: object, to: object): Promise<string[]>
  generateDrizzleJson(imports: object, parent?: string): Promise<{ readonly id: string }>
  generateMigration(from: object, to: object): Promise<string[] | { sqlStatements: string[] }>
}

const HEAD = `import { sql } from 'drizzle-orm'
import { blob, check, customType, foreignKey, index, int, integer, numeric, primaryKey, real, sqliteTable, sqliteView, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
`

/** A drizzle-kit as a library. Call at the top of a test file. */
export function generator(version: KitVersion): Generator {
  const modules = modulesOf(version)
  const folder = mkdtempSync(join(tmpdir(), 'kit-sqlite-'))
  symlinkSync(modules, join(folder, 'node_modules'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const require = createRequire(join(folder, 'schema.ts'))
  const name = version.startsWith('0.') ? 'drizzle-kit/api' : 'drizzle-kit/payload/sqlite'
  const api = require(name) as Api
  let count = 0
  return {
    async snapshot(schema, parent) {
      const file = join(folder, `schema${count++}.ts`)
      writeFileSync(file, schema.includes('import ') ? schema : HEAD + schema)
      const imports = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as object
      return (api.generateSQLiteDrizzleJson ?? api.generateDrizzleJson)(imports, parent)
    },
    async statements(from, to) {
      const made = await (api.generateSQLiteMigration ?? api.generateMigration)(from, to)
      return 'sqlStatements' in made ? made.sqlStatements : made
    },
  }
}
