import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { inRun } from '../../src/editor/sameRun.ts'
import { stampsOf } from '../../src/editor/stamps.ts'

let folder = ''
let now = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'))
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  write('schema.ts', 'one')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

/** What a rule sees of schema.ts when a file is linted. */
const seen = (config: object, file: string) =>
  inRun(config, join(folder, file), () => stampsOf([join(folder, 'schema.ts')]))

describe('what is on disk', () => {
  test('is looked at once in a run, whichever files are linted', () => {
    const config = {}
    const before = seen(config, 'a.ts')
    write('schema.ts', 'longer')
    expect(seen(config, 'b.ts')).toBe(before)
  })

  test.each([
    ['by another run', () => seen({}, 'b.ts')],
    ['outside of a run', () => stampsOf([join(folder, 'schema.ts')])],
  ])('is looked at again %s', (_name, again) => {
    const before = seen({}, 'a.ts')
    write('schema.ts', 'longer')
    expect(again()).not.toBe(before)
  })

  test('is looked at again when a file is linted once more, as editors do', () => {
    const config = {}
    const before = seen(config, 'a.ts')
    write('schema.ts', 'longer')
    expect(seen(config, 'a.ts')).not.toBe(before)
  })

  test('is looked at again after a second', () => {
    const config = {}
    const before = seen(config, 'a.ts')
    write('schema.ts', 'longer')
    now += 1001
    expect(seen(config, 'b.ts')).not.toBe(before)
  })
})
