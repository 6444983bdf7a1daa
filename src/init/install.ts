import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Setup } from '../setup/setup.ts'

/** Whether migration-lint and what was just added lie in `node_modules`. */
export function isInstalled({ root, packageFolder }: Setup, added: readonly string[]): boolean {
  const modules = join(root, packageFolder, 'node_modules')
  return ['migration-lint', ...added].every((name) =>
    existsSync(join(modules, name, 'package.json')),
  )
}

/**
 * Installs the packages with the project's own package manager.
 *
 * @throws Error with what the package manager printed
 */
export async function installPackages({ root, packageFolder, manager, env }: Setup): Promise<void> {
  const { installDependencies } = await import('nypm')
  await installDependencies({
    cwd: join(root, packageFolder),
    packageManager: manager,
    silent: true,
    // Corepack would write the version it takes into package.json.
    env: { ...(env as Record<string, string>), COREPACK_ENABLE_AUTO_PIN: '0' },
    corepack: !isOnPath(manager, env),
  })
}

function isOnPath(command: string, { PATH = '' }: NodeJS.ProcessEnv): boolean {
  // On Windows a package manager is a `.cmd`.
  const names = process.platform === 'win32' ? [`${command}.cmd`, `${command}.exe`] : [command]
  return PATH.split(delimiter).some((folder) =>
    names.some((name) => existsSync(join(folder, name))),
  )
}
