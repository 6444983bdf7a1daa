/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */

/**
 * Whether what npm says it has installed is what a lock file asks for. Packages that are optional
 * may be missing: they are for other platforms.
 *
 * @param {{ packages?: Record<string, LockedPackage> }} locked - package-lock.json
 * @param {{ packages?: Record<string, LockedPackage> }} installed - node_modules/.package-lock.json
 */
export function isInstalled(locked, installed) {
  const there = installed.packages ?? {}
  const wanted = Object.entries(locked.packages ?? {}).filter(([place]) => place !== '')
  const same = wanted.every(([place, { version, integrity, optional, devOptional }]) => {
    const found = there[place]
    if (found === undefined) return optional === true || devOptional === true
    return found.version === version && found.integrity === integrity
  })
  return same && Object.keys(there).every((place) => Object.hasOwn(locked.packages ?? {}, place))
}
