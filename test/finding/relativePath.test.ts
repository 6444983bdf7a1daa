import { posix, win32 } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leavesFolder, relativePath } from '../../src/finding/relativePath.ts'

describe('a path relative to a folder', () => {
  it.each([
    ['C:\\repo', 'C:\\repo\\apps\\web\\drizzle', 'apps/web/drizzle'],
    ['C:\\repo', 'c:\\Repo\\drizzle', 'drizzle'],
    ['C:\\repo\\apps', 'C:\\repo\\drizzle', '../drizzle'],
    ['\\\\server\\share\\repo', '\\\\server\\share\\repo\\drizzle', 'drizzle'],
  ])('on Windows has slashes: from %s to %s', (from, to, expected) => {
    expect(relativePath(from, to, win32)).toBe(expected)
  })

  it('elsewhere may have a backslash in a name', () => {
    expect(relativePath('/repo', '/repo/a\\b/c', posix)).toBe('a\\b/c')
  })

  it.each([
    ['C:\\repo', 'C:\\other'],
    ['C:\\repo', 'C:\\'],
    ['C:\\repo', 'D:\\repo\\drizzle'],
  ])('is known to lead out of it: from %s to %s', (from, to) => {
    expect(leavesFolder(relativePath(from, to, win32))).toBe(true)
  })

  it.each(['drizzle', '..drizzle/a', ''])('is known to stay in it: %s', (path) => {
    expect(leavesFolder(path)).toBe(false)
  })
})
