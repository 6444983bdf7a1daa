import { expect, test } from 'vitest'
import { locateDeclarations } from '../../../src/check/sync/declarations.ts'
import type { Project } from '../../../src/drizzle/find/project.ts'
import type { Tree } from '../../../src/git/tree.ts'

// Two schemas with a table of one name each.
const SCHEMA = `
import { pgSchema, pgTable, text } from 'drizzle-orm/pg-core'
const auth = pgSchema('auth')
export const people = pgTable('users', { id: text(), email: text() })
export const accounts = auth.table('users', { id: text(), email: text('mail') })
`

const tree = {
  readAll: (paths: readonly string[]) => new Map(paths.map((path) => [path, Buffer.from(SCHEMA)])),
} as unknown as Tree
const project = {
  config: 'drizzle.config.ts',
  out: 'drizzle',
  dialect: 'postgresql',
} as unknown as Project

test.each([
  ['users', null, 'people'],
  ['auth.users', null, 'accounts'],
  ['users.email', 'users', 'email: text()'],
  ['auth.users.mail', 'auth.users', `email: text('mail')`],
  ['auth', null, 'auth'],
])('%s is found where it is declared', async (object, table, text) => {
  const { placeOf } = await locateDeclarations(tree, project, { watched: ['schema.ts'], built: [] })
  const { range } = placeOf({ object, table })
  expect(range && SCHEMA.slice(range.start, range.end)).toBe(text)
})
