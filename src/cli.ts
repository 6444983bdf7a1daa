import { readFileSync } from 'node:fs'
import type { Share } from './check/threads/share.ts'
import { reportFailure } from './commands/failure.ts'
import { run, type Surroundings } from './commands/run.ts'

/** A whole history makes V8 compile more than a commit needs, which every hook would read. */
const TYPICAL_STATEMENTS = 200
let kindOfRun: string | null = null

/** Of a run that is worth caching what V8 has compiled for it (`compiledCode.ts`): some SQL was judged. */
export function kind(): string | null {
  return kindOfRun
}

const args = process.argv.slice(2)
const surroundings: Surroundings = {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  // Opening stdin takes 4 % of a hook's run, which never reads it.
  isInteractive: () => process.stdin.isTTY && !process.env.CI,
  version: () => {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  },
  rules: async () => (await import('../rules/index.ts')).rules,
  check: async (options, isShared) => {
    const [{ check }, { rulebook }] = await Promise.all([
      import('./check/check.ts'),
      import('../rules/index.ts'),
    ])
    const more = isShared ? (await import('./commands/threads.ts')).threads() : null
    const result = await check(options, rulebook, undefined, undefined, more)
    const { statements } = result.counts
    if (statements > 0 && statements < TYPICAL_STATEMENTS) {
      const isCompared = result.projects?.some(({ families }) => families.sync.state === 'compared')
      kindOfRun = `run-${options.selection.kind}${isCompared ? '-schema' : ''}`
    }
    return result
  },
  arrived: async (cwd, env) => (await import('./commands/arrived.ts')).arrived(cwd, env),
}

/** Does what the command line asks for. */
export function start(): void {
  // Node would exit with 1 and a stack, as if something had been found.
  process.on('uncaughtException', (error) => {
    void reportFailure(error, args, surroundings).finally(() => process.exit(2))
  })
  // Everything is written by then; a worker or child that is still alive must not keep us waiting.
  void run(args, surroundings).then((code) => process.exit(code))
}

/** Makes checks of a run that another thread has begun. */
export async function work(share: Share): Promise<unknown> {
  const [{ work }, { rulebook }] = await Promise.all([
    import('./check/threads/work.ts'),
    import('../rules/index.ts'),
  ])
  return work(share, rulebook)
}
