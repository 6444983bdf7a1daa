import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ownCommand } from '../../src/finding/ownCommand.ts'

let top: string

beforeEach(() => {
  top = mkdtempSync(join(realpathSync(tmpdir()), 'own command-'))
  writeFileSync(join(top, 'package.json'), '{ "private": true }')
  for (const name of ['db', 'web']) {
    mkdirSync(join(top, name, 'src'), { recursive: true })
    writeFileSync(join(top, name, 'package.json'), `{ "name": "${name}" }`)
  }
})

afterEach(() => rmSync(top, { recursive: true }))

/** A program that tells what it was asked; answers what Node would be given to run. */
function install(folder: string): string {
  const bin = join(top, folder, 'node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  const program = join(bin, 'migration-lint')
  writeFileSync(program, '#!/usr/bin/env node\nconsole.log(process.argv.slice(2).join(" "))\n')
  chmodSync(program, 0o755)
  return program
}

function paste(command: string, cwd: string): string {
  const env = { ...process.env, npm_config_offline: 'true' }
  return execFileSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' }).trim()
}

describe('the command that is printed works where it is read', () => {
  test.each([
    ['', '', 'npx migration-lint explain x'],
    ['', 'db/src', 'npx migration-lint explain x'],
    ['db', 'db/src', 'npx migration-lint explain x'],
    ['db', '', 'npx -C db migration-lint explain x'],
    ['db', 'web', 'npx -C ../db migration-lint explain x'],
  ])('installed in "%s", read in "%s"', (installed, here, expected) => {
    const program = install(installed)
    const command = ownCommand(join(top, here), 'explain x', program)
    expect(command).toBe(expected)
    expect(paste(command, join(top, here))).toBe('explain x')
  })

  test.each([
    ['/usr/lib/node_modules/migration-lint/dist/cli.cjs', 'migration-lint'],
    ['/usr/bin/migration-lint', 'migration-lint'],
    ['/root/.npm/_npx/1a2b/node_modules/.bin/migration-lint', 'npx migration-lint'],
    [
      '/repo/.yarn/cache/migration-lint-npm-1.0.0.zip/node_modules/migration-lint/dist/cli.cjs',
      'yarn migration-lint',
    ],
    ['/repo/node_modules/vitest/vitest.mjs', 'npx migration-lint'],
  ])('run as %s', (program, expected) => {
    expect(ownCommand(top, '--all', program)).toBe(`${expected} --all`)
  })
})
