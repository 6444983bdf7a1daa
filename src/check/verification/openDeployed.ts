import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { cacheFolder } from '../../cache/store.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'
import { packageManagerOf } from '../../drizzle/find/packageManager.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { ProblemError } from '../../finding/problem.ts'
import { deploy } from '../../verify/deploy.ts'
import { openEmbedded } from '../../verify/embedded/embedded.ts'
import { States } from '../../verify/embedded/states.ts'
import { requireAddress } from '../../verify/server/address.ts'
import { openServerScratch } from '../../verify/server/scratchServer.ts'
import { type Scratch, ScratchLost } from '../../verify/scratch.ts'
import { MissingPackage, pgliteVersion } from '../../verify/trace/pglite.ts'
import type { Run } from '../families.ts'
import { lost, prerequisite } from './problems.ts'
import type { VerifySettings } from './settings.ts'

/**
 * A database that stands where production does: embedded, or on a server that was named.
 *
 * @param kept - under which name it is kept for another run
 * @param adapt - what stands between us and the database of a server
 * @throws ProblemError where it cannot be had, or a deployed migration does not run
 */
export async function openDeployed(
  run: Run,
  project: Project,
  deployed: readonly MigrationSource[],
  extensions: readonly string[],
  settings: VerifySettings,
  kept = project.name,
  adapt: (scratch: Scratch) => Promise<Scratch> = (scratch) => Promise.resolve(scratch),
): Promise<Scratch> {
  const from = [...new Set([join(run.root, project.folder), run.root])]
  try {
    return settings.server
      ? await onServer(settings.server, from, deployed, settings, adapt)
      : await embedded(run, kept, from, deployed, extensions, settings)
  } catch (error) {
    if (error instanceof MissingPackage) throw missing(error, run, project)
    if (error instanceof ScratchLost) throw new ProblemError(lost(error, project.name))
    throw error
  }
}

async function onServer(
  { url, allowRemote, allowSuperuser }: NonNullable<VerifySettings['server']>,
  from: readonly string[],
  deployed: readonly MigrationSource[],
  { patience, progress }: VerifySettings,
  adapt: (scratch: Scratch) => Promise<Scratch>,
): Promise<Scratch> {
  const address = requireAddress(url)
  progress?.('creating a database on the server')
  const opened = await openServerScratch({ address, from, patience, allowRemote, allowSuperuser })
  let scratch = opened
  try {
    scratch = await adapt(opened)
    await bringUp(scratch, deployed, 0, progress)
    return scratch
  } catch (error) {
    await scratch.close()
    throw error
  }
}

/** A new data directory, without anything of anybody's. */
const BLANK = ''

/** What an earlier run has made of the same migrations is taken up. */
async function embedded(
  run: Run,
  name: string,
  from: readonly string[],
  deployed: readonly MigrationSource[],
  extensions: readonly string[],
  settings: VerifySettings,
): Promise<Scratch> {
  const states = settings.states ?? statesOf(run, from)
  const setup = `extensions ${extensions.join(' ')}`
  const entries = [setup, ...deployed.map(({ name, text }) => `${name} ${digest(text)}`)]
  const kept = states?.find(name, entries) ?? null
  const done = kept === null ? 0 : kept.entries.length - 1
  const image = kept?.image ?? states?.find(BLANK, [])?.image ?? null
  settings.progress?.(image === null ? 'creating the first database' : 'starting PostgreSQL')
  const scratch = await openEmbedded({ extensions, from, image, patience: settings.patience })
  const keeping: (Promise<void> | undefined)[] = []
  const close = async (): Promise<void> => {
    await Promise.all([scratch.close(), ...keeping])
  }
  try {
    if (image === null) {
      keeping.push(states?.keep(BLANK, { entries: [], image: await scratch.dump() }))
    }
    await bringUp(scratch, deployed, done, settings.progress)
    if (done < deployed.length) {
      const made = await scratch.dump()
      if (scratch.stubbed.length === 0) {
        keeping.push(states?.keep(name, { entries, image: made }))
      }
    }
    return { ...scratch, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** @param done - how many of them were applied before */
async function bringUp(
  scratch: Scratch,
  migrations: readonly MigrationSource[],
  done: number,
  progress: VerifySettings['progress'],
): Promise<void> {
  const failed = await deploy(scratch, migrations.slice(done), (at) =>
    progress?.(`applying deployed migrations: ${done + at + 1} of ${migrations.length}`),
  )
  if (failed) throw prerequisite(failed.migration.file, failed.error.message)
}

function statesOf({ root, gitDir }: Run, from: readonly string[]): States | null {
  const place = cacheFolder(root, gitDir)
  const pglite = pgliteVersion([...from, import.meta.dirname])
  if (place === null || pglite === null) return null
  return new States(join(place.folder, 'databases'), `${place.version} PGlite ${pglite}`)
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

function missing(error: MissingPackage, { disk }: Run, { folder }: Project): ProblemError {
  const manager = packageManagerOf(disk, folder)
  return new ProblemError({
    message: error.problem.message,
    file: null,
    help: `Install it: ${INSTALL[manager]} ${error.packages.join(' ')}`,
  })
}

const INSTALL = {
  npm: 'npm install --save-dev',
  pnpm: 'pnpm add --save-dev',
  yarn: 'yarn add --dev',
  bun: 'bun add --dev',
} as const
