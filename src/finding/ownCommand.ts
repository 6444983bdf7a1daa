import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { relativePath } from './relativePath.ts'
import { shellWord } from './shellWord.ts'

/**
 * How migration-lint is called where somebody stands. `npx` looks in the folders above; where only a
 * package below has it, or the one beside, it would ask the registry: then it is told where to look.
 *
 * @param cwd - absolute
 * @param args - `explain drop-column`
 * @param running - what this process runs, as Node was given it
 */
export function ownCommand(cwd: string, args: string, running = process.argv[1] ?? ''): string {
  for (let at = cwd; ; at = dirname(at)) {
    if (isInstalledIn(at)) return `npx migration-lint ${args}`
    if (dirname(at) === at) break
  }
  const path = running.replaceAll('\\', '/')
  if (path.includes('/.yarn/')) return `yarn migration-lint ${args}`
  if (!path.includes('/migration-lint') || path.includes('/_npx/'))
    return `npx migration-lint ${args}`
  const [, folder] = /^(.*?)\/node_modules\//.exec(path) ?? []
  return folder !== undefined && isInstalledIn(folder)
    ? `npx -C ${shellWord(relativePath(cwd, folder))} migration-lint ${args}`
    : `migration-lint ${args}`
}

function isInstalledIn(folder: string): boolean {
  return existsSync(join(folder, 'node_modules/.bin/migration-lint'))
}
