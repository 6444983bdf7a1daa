import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isInstalled } from './lockFile.mjs'
import { npmCommand } from './npm.mjs'
import { isBuilt } from './sources.mjs'

const root = path.join(import.meta.dirname, '..')

/**
 * Makes a clone fit to run: installs from the lock file and builds, each only where that has not been
 * done for what is there now. Ends the process with a message where it cannot.
 */
export function makeReady() {
  const needed = engine()
  if (compareVersions(process.versions.node, needed) < 0) {
    fail(`Node.js ${needed} or later is needed, this is ${process.version}.`)
  }
  if (!hasPackages()) install()
  if (!isBuilt()) build()
}

function install() {
  console.log('Installing from package-lock.json …')
  const [command, args] = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  // npm waits for minutes before it gives a registry up.
  const patience = {
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_retry_maxtimeout: '5000',
  }
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...patience, ...process.env },
  })
  if (status !== 0) {
    fail(`The packages of package-lock.json could not be installed; npm says why above. The first run needs
the npm registry (npm config get registry); later runs need no network.`)
  }
}

function build() {
  console.log('Building dist/ …')
  const { status } = spawnSync(process.execPath, ['build.mjs'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) fail('The build failed; why stands above.')
}

function hasPackages() {
  const installed = path.join(root, 'node_modules/.package-lock.json')
  return existsSync(installed) && isInstalled(read('package-lock.json'), read(installed))
}

/** @returns {string} the oldest Node.js that package.json admits: `20.19.0` */
function engine() {
  return read('package.json').engines.node.replace('>=', '')
}

/** @param {string} file - JSON; relative to the repository */
function read(file) {
  return JSON.parse(readFileSync(path.resolve(root, file), 'utf8'))
}

/**
 * @param {string} a
 * @param {string} b - without a prerelease, like a
 */
function compareVersions(a, b) {
  return a.localeCompare(b, 'en', { numeric: true })
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(`\n${message}`)
  process.exit(1)
}
