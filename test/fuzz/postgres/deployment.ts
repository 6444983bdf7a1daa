import { type Catalog, EMPTY_CATALOG } from '../../../src/catalog/catalog.ts'
import type { Session } from '../../../src/dialects/effects.ts'
import { deploy, replay } from '../../dialects/postgres/effects/model.ts'
import type { Random } from '../random.ts'
import { statement } from './statement.ts'

export const BREAKPOINT = '--> statement-breakpoint\n'

export const SESSION: Session = { version: 18, timezone: 'UTC', transaction: 'deployment' }

/** What is deployed, and what is pending on top of it. */
export interface RandomDeployment {
  readonly before: string
  /** Statements by file. */
  readonly files: readonly (readonly string[])[]
}

/**
 * A random database and a random deployment for it. Each statement is made for the catalog that those
 * before it lead to, so that most of them run; some name what is not there.
 */
export function randomDeployment(random: Random): RandomDeployment {
  const before = series(random, EMPTY_CATALOG, 6 + random.below(10), 'deployed')
  const deployed = deploy(SESSION, [before.join(BREAKPOINT)])
  const pending = series(random, deployed, 1 + random.below(20), 'pending')
  const files: string[][] = [[]]
  for (const sql of pending) {
    if (random.chance(0.2) && files.at(-1)?.length) files.push([])
    files.at(-1)?.push(sql)
  }
  return { before: before.join(BREAKPOINT), files }
}

function series(
  random: Random,
  start: Catalog,
  count: number,
  stage: 'deployed' | 'pending',
): string[] {
  const made: string[] = []
  let catalog = start
  for (let i = 0; i < count; i++) {
    const sql = statement(random, catalog, stage, i)
    made.push(sql)
    catalog = replay(SESSION, catalog, [sql]).after
  }
  return made
}
