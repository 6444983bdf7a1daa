import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceFile } from '../../src/cache/replaceFile.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replace-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a file is replaced, also after a run that was killed while it wrote', () => {
  const file = join(folder, 'below/file')
  replaceFile(file, Buffer.from('one'))
  writeFileSync(`${file}.${process.pid}`, 'half', { mode: 0o644 })
  replaceFile(file, Buffer.from('two'))
  expect(readFileSync(file, 'utf8')).toBe('two')
  expect(readdirSync(join(folder, 'below'))).toEqual(['file'])
})

test('where it cannot be, nothing is left behind', () => {
  mkdirSync(join(folder, 'file/in the way'), { recursive: true })
  expect(() => replaceFile(join(folder, 'file'), Buffer.from('one'))).toThrow()
  expect(readdirSync(folder)).toEqual(['file'])
})
