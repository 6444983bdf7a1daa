import { expect, test } from 'vitest'
import type { QualifiedName } from '../../../src/catalog/names.ts'
import type { Subject } from '../../../src/catalog/subject.ts'
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

const name = (schema: string, name: string) => ({ schema, name })
const table = (of: QualifiedName): Subject => ({ kind: 'table', table: null, name: of })
const column = (of: QualifiedName, own: string): Subject => ({
  kind: 'column',
  table: of,
  name: name(of.schema, own),
})

test.each<[string, Subject, string]>([
  ['users', table(name('public', 'users')), 'people'],
  ['auth.users', table(name('auth', 'users')), 'accounts'],
  ['users.email', column(name('public', 'users'), 'email'), 'email: text()'],
  ['auth.users.mail', column(name('auth', 'users'), 'mail'), `email: text('mail')`],
  ['auth', { kind: 'schema', table: null, name: name('auth', '') }, 'auth'],
])('%s is found where it is declared', async (_, subject, text) => {
  const { placeOf } = await locateDeclarations(tree, project, { watched: ['schema.ts'], built: [] })
  const { range } = placeOf(subject)
  expect(range && SCHEMA.slice(range.start, range.end)).toBe(text)
})
