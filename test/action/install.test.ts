import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installation } from '../../action/install.mjs'

let top: string
beforeEach(() => {
  top = realpathSync(mkdtempSync(path.join(tmpdir(), 'install-')))
  mkdirSync(path.join(top, 'apps/web'), { recursive: true })
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

const touch = (...files: string[]) => {
  for (const file of files) writeFileSync(path.join(top, file), '')
}

test.each([
  [['package-lock.json'], 'npm ci'],
  [['pnpm-lock.yaml'], 'pnpm install --frozen-lockfile'],
  [['yarn.lock'], 'yarn install --frozen-lockfile'],
  [['yarn.lock', '.yarnrc.yml'], 'yarn install --immutable'],
  [['bun.lock'], 'bun install --frozen-lockfile'],
])('%j: %s, at the top of a workspace', (files, command) => {
  touch(...files)
  expect(installation(path.join(top, 'apps/web'), top)).toEqual({
    cwd: top,
    command: command.split(' '),
  })
})

test('the nearest lock file counts', () => {
  touch('pnpm-lock.yaml', 'apps/web/package-lock.json')
  const folder = path.join(top, 'apps/web')
  expect(installation(folder, top)).toMatchObject({ cwd: folder, command: ['npm', 'ci'] })
})

test('none above the repository counts', () => {
  touch('package-lock.json')
  expect(installation(path.join(top, 'apps/web'), path.join(top, 'apps'))).toBeNull()
})
