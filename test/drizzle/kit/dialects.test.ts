import { rmSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from '../../built.ts'
import { type Files, KITS, generated, inShort, projectWith, verdictIn } from './kits.ts'
import { config, edit } from './schemas.ts'

beforeAll(() => {
  builtCli()
})

const MYSQL = `import { int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'

export const users = mysqlTable('users', {
  id: int('id').primaryKey().autoincrement(),
  name: varchar('name', { length: 100 }),
})
`
const SQLITE = `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name'),
})
`
const dialects = [
  ['mysql', MYSQL, `varchar('name', { length: 100 }),`, `varchar('email', { length: 100 }),`],
  ['sqlite', SQLITE, `text('name'),`, `text('email'),`],
  ['turso', SQLITE, `text('name'),`, `text('email'),`],
] as const

describe.each(KITS)('drizzle-kit %s', (kit) => {
  describe.each(dialects)('%s', (dialect, schema, name, email) => {
    const more = `schema: './schema.ts', dbCredentials: { url: process.env.DATABASE_URL! }`
    const from: Files = { 'schema.ts': schema, 'drizzle.config.ts': config(more, dialect) }
    const verdict = async (changed: string): Promise<string> => {
      const folder = projectWith(kit, { ...from, ...generated(kit, from), 'schema.ts': changed })
      try {
        return inShort(await verdictIn(folder))
      } finally {
        rmSync(folder, { recursive: true })
      }
    }

    it.concurrent('needs nothing where a comment changed', async () => {
      expect(await verdict(`// users\n${schema}`)).toBe('clean')
    })
    it.concurrent('needs a migration for a column', async () => {
      expect(await verdict(edit(schema, [name, `${name}\n  email: ${email}`]))).toBe(
        'needs: users.email added',
      )
    })
    it.concurrent('would ask about a column renamed', async () => {
      expect(await verdict(edit(schema, [`'name'`, `'full_name'`]))).toMatch(
        /^asks: column .*users\.full_name$/,
      )
    })
    it.concurrent('needs a migration for a column that is now NOT NULL', async () => {
      expect(await verdict(edit(schema, [name, name.replace(/,$/, '.notNull(),')]))).toBe(
        'needs: users.name now NOT NULL',
      )
    })
    it.concurrent('needs a migration for a table that is no longer exported', async () => {
      expect(await verdict(edit(schema, ['export const users', 'const users']))).toBe(
        'needs: table users removed',
      )
    })
  })
})
