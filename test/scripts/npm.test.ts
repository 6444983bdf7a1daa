import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { npmCommand } from '../../scripts/npm.mjs'
import { createFolder } from '../git/repository.ts'
import { writeFiles } from '../check/projects.ts'

it('runs the npm that runs this', () => {
  const folder = createFolder()
  writeFiles(folder, { 'npm-cli.js': '' })
  const npm_execpath = path.join(folder, 'npm-cli.js')
  expect(npmCommand(['ci'], { npm_execpath })).toEqual([process.execPath, [npm_execpath, 'ci']])
})

it('finds npm where another package manager runs this', () => {
  const [command, args] = npmCommand(['--version'], { npm_execpath: '/opt/pnpm/bin/pnpm.cjs' })
  expect(args.join()).not.toContain('pnpm')
  expect(spawnSync(command, args, { encoding: 'utf8' }).stdout).toMatch(/^\d+\.\d+/)
})
