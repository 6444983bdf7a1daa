import type { Engine } from '../../dialects/dialect.ts'
import type { Finding } from '../../finding/finding.ts'
import { type Run, runsFamily } from '../families.ts'
import type { ProjectReading } from '../projectReading.ts'
import { judgeAll, judgementOf } from './checkMigrations.ts'
import { clientsOf } from './client.ts'
import { deployedCatalog } from './deployedCatalog.ts'

/**
 * What would be said of a migration that is still to be written, if it were deployed together with
 * what is pending: errors only.
 *
 * @param sql - its statements
 */
export function judgeForetold(
  run: Run,
  reading: ProjectReading,
  engine: Engine,
  sql: readonly string[],
): readonly Finding[] {
  const { project, split } = reading
  if (sql.length === 0 || !runsFamily(run, project, 'migration')) return []
  const clients = clientsOf(project, run.after)
  const judgement = judgementOf(run, project, engine, clients.certain)
  const start = deployedCatalog(
    (catalog, own) => reading.replay(engine, catalog, own),
    judgement,
    split.deployedTree,
    split.deployed,
    reading.folder.missing.length > 0,
    run.store,
  )
  const { sources } = reading.sources(run.after, split.deployments.flat())
  const text = sql.join('\n--> statement-breakpoint\n')
  const foretold = { name: 'the next migration', file: '', text }
  const deployment = reading.replay(engine, start, [...sources, foretold])
  return judgeAll(judgement, [deployment], clients)
    .flatMap(({ findings }) => findings)
    .filter(({ file, severity, suppressed }) => file === '' && severity === 'error' && !suppressed)
}
