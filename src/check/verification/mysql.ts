import { join } from 'node:path'
import { ProblemError } from '../../finding/problem.ts'
import { MYSQL } from '../../verify/mysql/connect.ts'
import { type MysqlLaboratory, openMysql } from '../../verify/mysql/openMysql.ts'
import { ScratchLost } from '../../verify/scratch.ts'
import { requireAddress } from '../../verify/server/address.ts'
import type { FamilyResult, Run } from '../families.ts'
import type { PendingMigrations } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import { mysqlBeyond } from './beyondMysql.ts'
import { verifyInLaboratory } from './inLaboratory.ts'
import { prerequisites } from './prerequisites.ts'
import { lost, prerequisite } from './problems.ts'
import type { VerifySettings } from './settings.ts'

/**
 * Runs what is pending on the server of `--url`, in databases of its own.
 *
 * @throws ProblemError where there is no server, it may not be used, or a deployed migration does not run
 */
export async function verifyOnMysql(
  run: Run,
  reading: ProjectReading,
  pending: PendingMigrations,
  settings: VerifySettings,
): Promise<FamilyResult> {
  const { project, split } = reading
  if (!settings.server) {
    throw new ProblemError({
      message: `${project.name}: verify runs MySQL and MariaDB on a server, and none was given`,
      file: null,
      help: 'Name one of this machine: --url mysql://user:password@127.0.0.1:3306 (or a variable that holds it). Nothing is run in databases that are there.',
    })
  }
  const { judgement, deployments } = pending
  const deployed = reading.sources(split.deployedTree, split.deployed).sources
  const all = [
    ...prerequisites(run, run.verify),
    ...deployed,
    ...deployments.flatMap(({ sources }) => sources),
  ]
  const beyond = mysqlBeyond(judgement.engine, all)
  if (beyond.length > 0) return { ...pending.nothing, problems: beyond }
  const { url, allowRemote, allowSuperuser } = settings.server
  const laboratory = await openMysql({
    address: requireAddress(url, MYSQL),
    from: [...new Set([join(run.root, project.folder), run.root])],
    patience: settings.patience,
    allowRemote,
    allowSuperuser,
  })
  const session = { ...judgement.session, product: laboratory.product }
  const notices = otherProduct(laboratory, project.name, judgement.session.product ?? null)
  return verifyInLaboratory(
    run,
    reading,
    { ...pending, judgement: { ...judgement, session } },
    async (before) => {
      try {
        const failed = await laboratory.deploy(before)
        if (failed) throw prerequisite(failed.migration.file, failed.error.message)
        return { ...laboratory, notices }
      } catch (error) {
        await laboratory.close()
        if (error instanceof ScratchLost) throw new ProblemError(lost(error, project.name))
        throw error
      }
    },
  )
}

function otherProduct(
  { server, product }: MysqlLaboratory,
  project: string,
  known: string | null,
): readonly string[] {
  const isKnown = known === 'mysql' || known === 'mariadb'
  return isKnown && known !== product
    ? [
        `${project} is for ${known === 'mysql' ? 'MySQL' : 'MariaDB'}, and ${server} has run it: the two differ in what they lock and refuse.`,
      ]
    : []
}
