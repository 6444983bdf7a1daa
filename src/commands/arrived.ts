import { rules } from '../../rules/index.ts'
import { type ArrivedMigrations, arrivedMigrations } from '../check/arrived.ts'
import { inert, printable } from '../report/printable.ts'
import { count } from '../report/summary.ts'

/** More names than this are not read. */
const MOST_NAMES = 5

/**
 * Which migrations the last merge brought, and how to apply them; for a post-merge hook.
 *
 * @returns nothing where it brought none
 * @throws ProblemError as `arrivedMigrations` does
 */
export async function arrived(cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return (await arrivedMigrations(cwd, env, rules)).map(newsOf).join('')
}

function newsOf({ out, names, command }: ArrivedMigrations): string {
  const shown = names.length > MOST_NAMES ? `${names[0]} … ${names.at(-1)}` : names.join(', ')
  const what = `${count(names.length, 'new migration')} arrived in ${out || 'the top folder'}`
  return inert(`${printable(`${what}: ${shown}`)}\n${printable(`Apply: ${command}`)}\n`)
}
