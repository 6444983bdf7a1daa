import type { Catalog } from '../catalog/catalog.ts'
import type { MigrationSource } from '../dialects/dialect.ts'
import type { ReplayedDeployment } from '../lint/judge.ts'

/** Runs migrations on a catalog as one deployment. */
export type Replay = (start: Catalog, sources: readonly MigrationSource[]) => ReplayedDeployment
