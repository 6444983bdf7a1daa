import type { Catalog } from '../../catalog/catalog.ts'
import type { Engine } from '../../dialects/dialect.ts'
import type { Tree } from '../../git/tree.ts'
import type { Run } from '../families.ts'
import { deployedCatalog } from './deployedCatalog.ts'
import type { ProjectReading } from '../projectReading.ts'
import { sessionOf } from '../session.ts'

/**
 * The database on which all migrations of a tree end. Each is a deployment of its own, so that what is
 * in it carries the number of its migration, from 1.
 */
export function migratedCatalog(
  run: Run,
  reading: ProjectReading,
  engine: Engine,
  tree: Tree,
): Catalog {
  const { migrations } = reading.wholeAt(tree)
  const old = new Set(reading.split.deployed.map(({ name }) => name))
  const pendingAt = migrations.findIndex(({ name }) => !old.has(name))
  const count = pendingAt < 0 ? migrations.length : pendingAt
  const start = deployedCatalog(
    (catalog, sources) => reading.replay(engine, catalog, sources),
    { engine, session: sessionOf(reading.project) },
    tree,
    migrations.slice(0, count),
    false,
    run.store,
  )
  return reading
    .sources(tree, migrations.slice(count))
    .sources.reduce((catalog, source) => reading.replay(engine, catalog, [source]).after, start)
}
