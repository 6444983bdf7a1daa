import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { builtCli } from '../../built.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import { generated, install, write } from './kits.ts'
import { BASE_PROJECT } from './scenarios.ts'
import { BASE } from './schemas.ts'

// A schema that never comes to an end, and whoever asked is stopped.
const made = useRepositories()
beforeAll(() => {
  builtCli()
})

const LOOPS = `import { writeFileSync } from 'node:fs'
writeFileSync('pid.tmp', String(process.pid))
for (;;);
${BASE}`

async function started(): Promise<{ cli: ChildProcess; child: number; temporary: string }> {
  const { path, commit, git } = made.create()
  const temporary = made.folder()
  install('0.31.11', path)
  write(path, {
    '.gitignore': 'node_modules\n*.tmp\n',
    ...BASE_PROJECT,
    ...generated('0.31.11', BASE_PROJECT),
  })
  commit('base')
  write(path, { 'schema.ts': LOOPS })
  git('add', '--all')
  const cli = spawn(process.execPath, [builtCli(), '--staged'], {
    cwd: path,
    env: isolatedEnvironment({ TMPDIR: temporary }),
    stdio: 'ignore',
  })
  const pid = join(path, 'pid.tmp')
  while (!existsSync(pid) || readFileSync(pid, 'utf8') === '') await wait(50)
  return { cli, child: Number(readFileSync(pid, 'utf8')), temporary }
}

function isAlive(pid: number): boolean {
  try {
    // In a container nobody may bury it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'by %s: the schema is stopped too, and nothing is left behind',
  async (signal) => {
    const { cli, child, temporary } = await started()
    const ended = new Promise((resolve) => cli.on('exit', (_, by) => resolve(by)))
    cli.kill(signal)
    expect(await ended).toBe(signal)
    while (isAlive(child)) await wait(50)
    expect(readdirSync(temporary).filter((name) => name.startsWith('migration-lint-'))).toEqual([])
  },
)
