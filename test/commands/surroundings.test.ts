import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { builtCli } from '../built.ts'
import { DROP_EMAIL, CREATE_USERS, project } from '../check/projects.ts'
import { generated, install, write } from '../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../drizzle/kit/scenarios.ts'
import { useRepositories } from '../git/fixtures.ts'
import { isolatedEnvironment } from '../git/repository.ts'

// What a machine may be short of, each with its sentence and exit code 2.
const made = useRepositories()
let cli = ''
beforeAll(() => {
  cli = builtCli()
})

test('without a folder for temporary files drizzle-kit is not asked, and that is said', () => {
  const { path, commit, git } = made.create()
  install('0.31.11', path)
  const files = { ...BASE_PROJECT, ...generated('0.31.11', BASE_PROJECT) }
  write(path, { '.gitignore': 'node_modules\n', ...files })
  commit('base')
  write(path, { 'schema.ts': `// seen\n${files['schema.ts']}` })
  git('add', '--all')
  const TMPDIR = join(path, 'none')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--staged'], {
    cwd: path,
    env: isolatedEnvironment({ TMPDIR }),
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' })
  expect(stdout).toContain(
    `nothing can be written to the folder for temporary files, ${TMPDIR} (ENOENT)`,
  )
  expect(stdout).toContain('TMPDIR')
})

test.runIf(existsSync('/dev/full')).each([[[]], [['--format', 'json']]])(
  'an output that takes nothing is no bug: %j',
  (args: readonly string[]) => {
    const folder = made.folder()
    write(folder, project({ '0000_users': CREATE_USERS, '0001_drop': DROP_EMAIL }) as never)
    const full = openSync('/dev/full', 'w')
    try {
      const { status, stderr } = spawnSync(process.execPath, [cli, '--all', ...args], {
        cwd: folder,
        env: isolatedEnvironment(),
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      })
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr:
          'migration-lint: the output could not be written (ENOSPC)\n  help: Make room where it goes, or send it elsewhere.\n',
      })
    } finally {
      closeSync(full)
    }
  },
)
