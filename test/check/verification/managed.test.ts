import { expect, test } from 'vitest'
import type { Subject } from '../../../src/catalog/subject.ts'
import { managedBy } from '../../../src/check/verification/drift/managed.ts'
import { discoverProjects } from '../../../src/drizzle/find/discover.ts'
import { memoryTree } from '../../drizzle/memoryTree.ts'

const table = (name: string, schema = 'public'): Subject => ({
  kind: 'table',
  table: null,
  name: { schema, name },
})

async function managed(filters: string) {
  const config = `export default { dialect: 'postgresql', out: './drizzle', schema: './schema.ts', ${filters} }`
  const { projects } = await discoverProjects(
    memoryTree({ 'drizzle.config.ts': config }),
    undefined,
  )
  return managedBy(projects[0]!)
}

test('what the filters of a drizzle config leave out is not compared', async () => {
  const isManaged = await managed(`tablesFilter: ['app_*', '!app_old'], schemaFilter: 'public'`)
  expect(isManaged(table('app_users'))).toBe(true)
  expect(isManaged({ ...table('email'), kind: 'column', table: table('app_old').name })).toBe(false)
  expect(isManaged(table('users'))).toBe(false)
  expect(isManaged(table('app_users', 'auth'))).toBe(false)
})

test("without filters all is, but for the migrator's own table", async () => {
  const isManaged = await managed(`migrations: { table: 'applied' }`)
  expect(isManaged(table('users', 'auth'))).toBe(true)
  expect(isManaged(table('applied', 'drizzle'))).toBe(false)
})
