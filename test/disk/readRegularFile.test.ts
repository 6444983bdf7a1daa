import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { IrregularFile, readRegularFile } from '../../src/disk/readRegularFile.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'disk-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const path = (name: string) => join(folder, name)
function reasonOf(name: string): string {
  try {
    readRegularFile(path(name))
    return 'was read'
  } catch (error) {
    if (error instanceof IrregularFile) return error.reason
    throw error
  }
}

test('a file is read, through a link too', () => {
  writeFileSync(path('file'), 'what it says')
  symlinkSync('file', path('link'))
  expect(readRegularFile(path('file')).toString()).toBe('what it says')
  expect(readRegularFile(path('link')).toString()).toBe('what it says')
})

test('a named pipe without a writer is not waited for', () => {
  execFileSync('mkfifo', [path('pipe')])
  expect(reasonOf('pipe')).toBe('is not a regular file')
})

test('a device that never ends is not read', () => {
  symlinkSync('/dev/zero', path('zero'))
  expect(reasonOf('zero')).toBe('is not a regular file')
})

test('neither is a folder, nor a file that takes more than there is memory for', () => {
  mkdirSync(path('folder'))
  expect(reasonOf('folder')).toBe('is a folder')
  writeFileSync(path('huge'), '')
  truncateSync(path('huge'), 5 * 2 ** 30)
  expect(reasonOf('huge')).toBe('is larger than 256 MB')
})

test('what is not there is said as Node says it', () => {
  expect(() => readRegularFile(path('none'))).toThrow('ENOENT')
})
