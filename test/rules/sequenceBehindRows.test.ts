import { expect, test } from 'vitest'
import { sequenceBehindRows } from '../../rules/migration/sequenceBehindRows.ts'
import { reset } from '../../src/verify/trace/index.ts'
import { sharedPglite } from '../verify/trace/shared.ts'
import { filesOf } from './examples.ts'

const pglite = sharedPglite()
const { bad, good } = sequenceBehindRows.meta.docs.examples

test.for([
  ...bad.map((example) => [example.name, example, '23505'] as const),
  ...good.map((example) => [example.name, example, null] as const),
])('%s: what the first INSERT of the application says', async ([, example, code]) => {
  const client = await pglite()
  await reset(client)
  await client.exec(example.schema)
  for (const file of filesOf(example)) await client.exec(file)
  const insert = client.exec('INSERT INTO users DEFAULT VALUES')
  const told = await insert.then(
    () => null,
    (error: unknown) => (error as { code?: string }).code,
  )
  expect(told).toBe(code)
})
