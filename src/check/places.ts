import { join } from 'node:path'
import { findCheckout, packageFolder, realFolder } from '../git/checkout.ts'
import type { Places } from '../finding/places.ts'

/**
 * What a report's paths are relative to, and where they are shown from: the top of the checkout,
 * outside of git the nearest folder with a package.json, else the working directory itself. Both
 * without symbolic links, or the way from one to the other would lead through them.
 *
 * @param env - git starts its hooks in the top folder, and GIT_PREFIX tells where git was started
 */
export function findPlaces(cwd: string, env: NodeJS.ProcessEnv): Places {
  const real = realFolder(cwd)
  const root = findCheckout(real, env)?.root ?? packageFolder(real)
  return { root, cwd: real === root && env.GIT_PREFIX ? join(root, env.GIT_PREFIX) : real }
}
