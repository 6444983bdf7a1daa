import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compile } from '../../src/cache/cachedCode.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const place = () => join(folder, 'code')
const source = (answer: string) =>
  `const one = (n) => n + 1; exports.answer = [1, 2, 3].map(one).join() + '${answer}'`

/** What a file says that is compiled; its code is cached. */
function run(text: string): unknown {
  const exports: { answer?: unknown } = {}
  const source = Buffer.from(`(function (exports) {${text}\n})`)
  const { value, isFresh, cache } = compile<(to: object) => void>(
    join(folder, 'file.cjs'),
    source,
    place(),
  )
  value(exports)
  if (isFresh) cache()
  return exports.answer
}

test('code is compiled once', () => {
  expect(run(source('a'))).toBe('2,3,4a')
  const { mtimeMs, ino } = statSync(place())
  expect(run(source('a'))).toBe('2,3,4a')
  expect(statSync(place())).toMatchObject({ mtimeMs, ino })
})

test('code of another source of the same length is not run', () => {
  expect(run(source('a'))).toBe('2,3,4a')
  expect(run(source('b'))).toBe('2,3,4b')
})

test('damaged code is compiled again, and V8 never sees it', () => {
  run(source('a'))
  const whole = readFileSync(place())
  for (let at = 0; at < whole.length; at += 1 + (at >> 5)) {
    const damaged = Buffer.from(whole)
    damaged[at]! ^= 0x55
    writeFileSync(place(), damaged)
    expect(run(source('a'))).toBe('2,3,4a')
    expect(readFileSync(place()).equals(damaged)).toBe(false)
  }
  writeFileSync(place(), whole.subarray(0, whole.length >> 1))
  expect(run(source('a'))).toBe('2,3,4a')
})

test('nobody else may read it or put another in its place', () => {
  run(source('a'))
  expect(statSync(place()).mode & 0o777).toBe(0o600)
})
