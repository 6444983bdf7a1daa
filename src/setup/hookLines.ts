import { below } from '../drizzle/migrations/layout.ts'
import { shellWord } from '../finding/shellWord.ts'

/** The hooks that are installed. */
export const HOOKS = ['pre-commit', 'pre-push', 'post-merge'] as const

export type HookName = (typeof HOOKS)[number]

/**
 * The command that runs one of our hooks from the top folder.
 *
 * @param packageFolder - the folder whose `node_modules` holds migration-lint
 * @param args - how the hook's arguments are handed on; pre-commit has none
 */
export function hookCommand(name: HookName, packageFolder: string, args = '"$@"'): string {
  const script = below(packageFolder, `node_modules/migration-lint/hooks/${name}`)
  const command = `sh ${shellWord(script)}`
  return name === 'pre-commit' || args === '' ? command : `${command} ${args}`
}

/** Whether a script, or one command of it, runs the hook; comments do not count. */
export function runsHook(text: string, name: HookName): boolean {
  const option = { 'pre-commit': '--staged', 'pre-push': '--pushed', 'post-merge': 'arrived' }[name]
  const call = new RegExp(
    String.raw`migration-lint/hooks/${name}\b|migration-lint['"]?(?:\s+\S+)*?\s+${option}\b`,
  )
  return text.split(/\r?\n/).some((line) => call.test(line.replace(/(?:^|\s)#.*$/, '')))
}
