import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll } from 'vitest'
import { type KitVersion, modulesOf } from '../drizzle/kit/kits.ts'

/** What `generate` of a drizzle-kit makes of schema files. */
export interface Generator {
  snapshot(schema: string, parent?: string): Promise<{ readonly id: string }>
  statements(from: object, to: object): Promise<readonly string[]>
}

type MakeJson = (imports: object, parent?: string) => Promise<{ readonly id: string }>
type MakeMigration = (
  from: object,
  to: object,
) => Promise<readonly string[] | { readonly sqlStatements: readonly string[] }>
type Api = Readonly<Record<string, MakeJson | MakeMigration | undefined>>

/** How drizzle-kit's functions are called, and what a schema file imports that says nothing of it. */
const DIALECTS = {
  sqlite: {
    word: 'SQLite',
    imports:
      'blob, check, customType, foreignKey, index, int, integer, numeric, primaryKey, real, sqliteTable, sqliteView, text, unique, uniqueIndex',
  },
  mysql: {
    word: 'MySQL',
    imports:
      'bigint, binary, boolean, char, check, customType, date, datetime, decimal, double, float, foreignKey, index, int, json, mediumint, mysqlEnum, mysqlTable, mysqlView, primaryKey, real, serial, smallint, text, time, timestamp, tinyint, unique, uniqueIndex, varbinary, varchar, year',
  },
}

/** A drizzle-kit as a library. Call at the top of a test file. */
export function generator(version: KitVersion, dialect: keyof typeof DIALECTS): Generator {
  const modules = modulesOf(version)
  const folder = mkdtempSync(join(tmpdir(), `kit-${dialect}-`))
  symlinkSync(modules, join(folder, 'node_modules'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const require = createRequire(join(folder, 'schema.ts'))
  const name = version.startsWith('0.') ? 'drizzle-kit/api' : `drizzle-kit/payload/${dialect}`
  const api = require(name) as Api
  const { word, imports: builders } = DIALECTS[dialect]
  const head = `import { sql } from 'drizzle-orm'\nimport { ${builders} } from 'drizzle-orm/${dialect}-core'\n`
  const makeJson = (api[`generate${word}DrizzleJson`] ?? api['generateDrizzleJson']) as MakeJson
  const makeMigration = (api[`generate${word}Migration`] ??
    api['generateMigration']) as MakeMigration
  let count = 0
  return {
    async snapshot(schema, parent) {
      const file = join(folder, `schema${count++}.ts`)
      writeFileSync(file, schema.includes('import ') ? schema : head + schema)
      const imports = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as object
      return makeJson(imports, parent)
    },
    async statements(from, to) {
      const made = await makeMigration(from, to)
      return 'sqlStatements' in made ? made.sqlStatements : made
    },
  }
}
