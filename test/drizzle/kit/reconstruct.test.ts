import { beforeAll, expect, test } from 'vitest'
import { type Deltas, reconstruct } from '../../../src/drizzle/kit/reconstruct.ts'
import { builtCli } from '../../built.ts'
import { type Files, comparisonIn, generated, projectWith, write } from './kits.ts'
import { BASE_PROJECT } from './scenarios.ts'
import { BASE, edit } from './schemas.ts'

const KIT = '1.0.0-rc.5'
let first: Files
let second: Files

beforeAll(() => {
  builtCli()
  first = generated(KIT, BASE_PROJECT)
  second = generated(KIT, {
    ...BASE_PROJECT,
    ...first,
    'schema.ts': edit(BASE, [`  title: text`, `  body: text(),\n  title: text`]),
  })
})

async function deltas(more: Partial<Deltas> = {}): Promise<Deltas> {
  const root = projectWith(KIT, BASE_PROJECT)
  write(root, second)
  const { tree, project } = await comparisonIn(root)
  const files = Object.fromEntries(
    Object.entries(second).filter(([path]) => path.endsWith('.json')),
  )
  const [path] = Object.keys(files).filter((name) => !(name in first))
  const { id } = JSON.parse(files[path!]!) as { id: string }
  return { root, tree, project, histories: [{ files, ids: [id] }], ...more }
}

test('a snapshot is put together once and remembered', async () => {
  const kept = new Map<string, unknown>()
  const asked = await deltas({ cache: kept as unknown as NonNullable<Deltas['cache']> })
  const answer = await reconstruct(asked)
  expect(JSON.stringify(answer)).toMatch(
    /"table":"posts","name":"title".*"table":"posts","name":"body"/,
  )
  // In no time at all only what is remembered can be told.
  expect(await reconstruct({ ...asked, patience: 1 })).toEqual(answer)
})

test('nobody waits for ever', async () => {
  expect(await reconstruct(await deltas({ patience: 1 }))).toEqual({
    kind: 'unknown',
    reason: 'drizzle-kit 1.0.0-rc.5 did not finish within 0.001 seconds',
  })
})
