import { join } from 'node:path'
import { scriptEnvironment } from '../find/scriptEnvironment.ts'
import type { SchemaComparison } from './schemaComparison.ts'

/**
 * The env files that a project is run with: those our configuration names, else those its scripts do.
 *
 * @returns absolute paths
 */
export function environmentFiles({
  root,
  tree,
  project,
  env = [],
}: Pick<SchemaComparison, 'root' | 'tree' | 'env'> & {
  readonly project: Pick<SchemaComparison['project'], 'config' | 'out'>
}): readonly string[] {
  const files = env.length > 0 ? env : scriptEnvironment(tree, project).files
  return files.map((file) => join(root, file))
}
