import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * How to start npm: `npm` itself is a `.cmd` on Windows, which cannot be spawned without a shell, so
 * its JavaScript is run instead.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] - npm and npx say in it where npm is
 * @returns {readonly [command: string, args: string[]]}
 * @throws {Error} if there is no npm
 */
export function npmCommand(args, env = process.env) {
  const besideNode = path.dirname(process.execPath)
  const places = [
    env.npm_execpath ?? '',
    path.join(besideNode, 'node_modules/npm/bin/npm-cli.js'),
    path.join(besideNode, '../lib/node_modules/npm/bin/npm-cli.js'),
  ]
  const cli = places.find((place) => path.basename(place) === 'npm-cli.js' && existsSync(place))
  if (cli !== undefined) return [process.execPath, [cli, ...args]]
  // Some distributions keep npm elsewhere; there it is no shim.
  if (process.platform !== 'win32') return ['npm', [...args]]
  throw new Error(`npm was not found beside ${process.execPath}: install Node.js with npm`)
}
