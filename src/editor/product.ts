import { dirname, join } from 'node:path'
import { productOf } from '../check/migrations/product.ts'
import type { ProjectConfig } from '../config/config.ts'
import type { DialectName } from '../dialects/names.ts'
import { dialectOf } from '../dialects/registry.ts'
import { relativePath } from '../finding/relativePath.ts'
import { createWorkingTree } from '../git/workingTree.ts'
import { rootAbove } from './configuration.ts'
import { nearestConfigs } from './drizzleConfigs.ts'

/**
 * Which of several servers that speak a dialect the project of a file has, as the command line finds it
 * out: by our configuration, the dependencies, the images of compose files.
 *
 * @param file - absolute; a migration or a schema file
 * @param told - what the configuration says
 * @returns null where nothing tells
 */
export function productAround(
  file: string,
  dialect: DialectName,
  told: ProjectConfig['mysql'],
): string | null {
  if (dialectOf(dialect).products === undefined) return null
  const root = rootAbove(dirname(file))
  const folder = nearestConfigs(file)?.folder ?? dirname(file)
  const project = {
    dialect,
    mysql: { product: told?.product ?? null, version: told?.version ?? null },
    config: relativePath(root, join(folder, 'drizzle.config.ts')),
    out: relativePath(root, file),
  }
  // The files that tell are known by name: nothing is listed.
  return productOf(
    project,
    createWorkingTree(root, () => []),
  )
}
