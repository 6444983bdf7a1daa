import { readFileSync } from 'node:fs'
import { reportFailure } from './commands/failure.ts'
import { run, type Surroundings } from './commands/run.ts'

let judged = false

/** Whether SQL was judged: then what V8 has compiled is worth caching (`compiledCode.ts`). */
export function hasJudged(): boolean {
  return judged
}

const args = process.argv.slice(2)
const surroundings: Surroundings = {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  isInteractive: process.stdin.isTTY && !process.env.CI,
  version: () => {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  },
  rules: async () => (await import('../rules/index.ts')).rules,
  check: async (options) => {
    const [{ check }, { rulebook }] = await Promise.all([
      import('./check/check.ts'),
      import('../rules/index.ts'),
    ])
    const result = await check(options, rulebook)
    judged = result.counts.migrationsJudged > 0
    return result
  },
  arrived: async (cwd, env) => (await import('./commands/arrived.ts')).arrived(cwd, env),
}

// Node would exit with 1 and a stack, as if something had been found.
process.on('uncaughtException', (error) => {
  void reportFailure(error, args, surroundings).finally(() => process.exit(2))
})

// Everything is written by then; a worker or child that is still alive must not keep us waiting.
void run(args, surroundings).then((code) => process.exit(code))
