import { expect, test } from 'vitest'
import type { Effects, Session } from '../../../src/dialects/effects.ts'
import type { Change } from '../../../src/catalog/change.ts'
import { sharedPglite } from '../../verify/trace/shared.ts'
import { engine, model } from '../../dialects/postgres/effects/model.ts'
import { Random } from '../random.ts'
import { type Difference, compareDeployment } from './compare.ts'
import { type RandomDeployment, randomDeployment } from './deployment.ts'
import { shrink } from './shrink.ts'

const pglite = sharedPglite()

/** Deployments by seed; `npm run fuzz` goes on from here. */
const SEEDS = Array.from({ length: 20 }, (_, position) => 1 + position)

test('random deployments do on PostgreSQL what the model says', async () => {
  const client = await pglite()
  const found: { readonly seed: number; readonly differences: readonly Difference[] }[] = []
  let statements = 0
  for (const seed of SEEDS) {
    const { statements: run, differences } = await compareDeployment(client, deploymentOf(seed))
    statements += run
    if (differences.length > 0) found.push({ seed, differences })
  }
  expect(found).toEqual([])
  expect(statements).toBeGreaterThan(SEEDS.length)
})

/** What somebody could break in `effects`, and what the comparison calls it. */
const BUGS: readonly (readonly [
  name: string,
  aspect: Difference['aspect'],
  kind: Change['kind'],
  broken: Partial<Effects>,
  from: number,
])[] = [
  ['a foreign key locks nothing', 'locks', 'AddForeignKey', { locks: [] }, 1],
  ['a new column never rewrites its table', 'rewritten', 'AddColumn', { rewrites: [] }, 21],
  ['every column can get every type', 'error', 'AlterColumnType', { errors: [] }, 1],
]

test.for(BUGS)('planted in effects, "%s" is found', async ([, aspect, kind, broken, from]) => {
  const client = await pglite()
  const effects = (change: Change, session: Session) => ({
    ...engine.effects(change, session),
    ...(change.kind === kind && broken),
  })
  const judge: typeof model = (changes, session) => model(changes, session, effects)
  const shows = async (deployment: RandomDeployment) => {
    const { differences } = await compareDeployment(client, deployment, judge)
    return differences.some((difference) => difference.aspect === aspect)
  }
  let found: RandomDeployment | undefined
  for (let seed = from; seed < from + 20; seed++) {
    const deployment = deploymentOf(seed)
    if (!(await shows(deployment))) continue
    found = deployment
    break
  }
  expect(found).toBeDefined()
  if (!found) return
  const least = await shrink(found, shows)
  expect(least.files.flat()).toHaveLength(1)
})

function deploymentOf(seed: number): RandomDeployment {
  return randomDeployment(new Random(seed))
}
