import type { Project } from '../../drizzle/find/project.ts'
import { folderOf } from '../../drizzle/find/paths.ts'
import { below } from '../../drizzle/migrations/layout.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Tree } from '../../git/tree.ts'
import type { SetupFacts } from './history.ts'

/**
 * What of a project's setup concerns its migrations folder.
 *
 * @param isOurs - whether the config is this deployment's to answer for
 */
export function setupFacts(
  project: Project,
  tree: Tree,
  isOurs: (path: string) => boolean,
): SetupFacts {
  const { config, prefix, breakpoints, absoluteOut } = project
  const isKnown = config !== null && isOurs(config)
  return {
    config: isKnown ? config : null,
    prefix,
    breakpoints,
    singleStatementDriver: singleStatementDriver(project, tree),
    failsOnEmpty: dialectOf(project.dialect).singleStatement.failOnEmpty,
    // `path.relative` of two absolute paths reads as one, but is none.
    absoluteOut: isKnown && absoluteOut && !tree.read(config)?.includes('relative('),
  }
}

function singleStatementDriver(
  { dialect, driver, config, out }: Project,
  tree: Tree,
): string | null {
  const { drivers, packages } = dialectOf(dialect).singleStatement
  if (driver !== null && drivers.includes(driver)) return driver
  if (packages.length === 0) return null
  for (let at = folderOf(config ?? out); ; at = folderOf(at)) {
    const text = tree.read(below(at, 'package.json'))?.toString('utf8')
    const found = text && packages.find((name) => text.includes(`"${name}"`))
    if (found) return found
    if (at === '' || text !== undefined) return null
  }
}
