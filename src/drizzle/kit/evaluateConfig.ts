import { join } from 'node:path'
import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'
import type { DrizzleConfigReading } from '../find/reading.ts'
import type { Cache } from '../find/readings.ts'
import { askApi } from './askApi.ts'
import { PATIENCE } from './childProcess.ts'
import { ProjectFiles } from './dependencies.ts'
import { findKit, interfaceOf } from './installation.ts'
import { environmentFiles } from './environmentFiles.ts'
import { scriptEnvironment } from '../find/scriptEnvironment.ts'
import { secretsIn, tells } from './secrets.ts'
import { overlayOf } from './overlayOf.ts'
import { cachedAnswer } from './cached.ts'

/**
 * Runs a drizzle config that cannot be read statically, in a process of its own. Only the
 * loader of drizzle-kit 0.x can be used for that; 1.0 keeps its own to itself.
 *
 * @param root - absolute path of the top folder
 * @param config - relative to the root
 * @param folder - where drizzle-kit is run; relative to the root
 * @param env - env files that our configuration names; relative to the root
 * @returns null where it cannot be run
 */
export async function evaluateConfig(
  root: string,
  tree: Tree,
  config: string,
  folder: string,
  cache: Cache | null,
  env: readonly string[] = [],
): Promise<DrizzleConfigReading | null> {
  const kit = findKit(join(root, folderOf(config)))
  if (kit === null || interfaceOf(kit.version) !== 'api') return null
  const cwd = join(root, folder)
  const project = { config, out: '' }
  const files = environmentFiles({ root, tree, project, env })
  const facts = JSON.stringify([
    process.version,
    kit,
    folder,
    new ProjectFiles(root, tree).contentId(config),
  ])
  return cachedAnswer({ root, tree, cwd, cache, key: `config ${config}`, facts }, async () => {
    const reply = await askApi({
      root,
      cwd,
      dialect: '',
      kit: kit.folder,
      config: join(root, config),
      files: null,
      casing: null,
      environment: { files, values: scriptEnvironment(tree, project).values },
      overlay: overlayOf(root, tree),
      previous: null,
      folder: new Map(),
      patience: PATIENCE,
    })
    return reply.kind === 'config'
      ? {
          value: reply.reading,
          trace: tells(reply.reading, secretsIn(reply, cwd, files)) ? null : reply.trace,
        }
      : { value: null, trace: null }
  })
}
