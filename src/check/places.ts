import { findCheckout, packageFolder, realFolder } from '../git/checkout.ts'
import type { Places } from '../finding/places.ts'

/**
 * What a report's paths are relative to, and where they are shown from: the top of the checkout,
 * outside of git the nearest folder with a package.json, else the working directory itself. Both
 * without symbolic links, or the way from one to the other would lead through them.
 */
export function findPlaces(cwd: string, env: NodeJS.ProcessEnv): Places {
  const real = realFolder(cwd)
  return { root: findCheckout(real, env)?.root ?? packageFolder(real), cwd: real }
}
