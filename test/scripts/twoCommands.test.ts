import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtCli } from '../built.ts'
import { createFolder } from '../git/repository.ts'

const root = path.join(import.meta.dirname, '../..')

function run(cwd: string, script: string, env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.mjs`], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('npm run demo', () => {
  it('shows the findings of the example and is no failure', () => {
    builtCli()
    const { status, stdout } = run(root, 'demo')
    expect(stdout).toContain('change-column-type  orders.total_in_cents')
    expect(status).toBe(0)
  })
})

describe('npm run demo and npm test on a clone without packages', () => {
  it.each(['demo', 'test'])(
    'say that %s needs the registry where it cannot be reached',
    (script) => {
      const clone = createFolder()
      for (const name of ['scripts', 'package.json', 'package-lock.json']) {
        cpSync(path.join(root, name), path.join(clone, name), { recursive: true })
      }
      const { status, stderr } = run(clone, script, {
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_cache: path.join(clone, 'cache'),
        npm_config_fetch_retries: '0',
      })
      expect(stderr).toContain('The first run needs\nthe npm registry')
      expect(status).toBe(1)
    },
  )
})
