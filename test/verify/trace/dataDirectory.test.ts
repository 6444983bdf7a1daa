import { expect, test } from 'vitest'
import {
  type DataDirectory,
  packDirectory,
  unpackDirectory,
} from '../../../src/verify/trace/dataDirectory.ts'

test('a packed directory comes out as it was, and takes no room for zeros and copies', () => {
  const page = (value: number) => new Uint8Array(8192).fill(value)
  const mixed = new Uint8Array([...page(1), ...page(0), ...page(2), ...page(3), 0, 7])
  const directory: DataDirectory = [
    { path: 'base', data: null },
    { path: 'base/1', data: mixed },
    { path: 'base/5', data: new Uint8Array(mixed) },
    { path: 'base/6', data: new Uint8Array(mixed.length) },
    { path: 'pg_wal', data: new Uint8Array(1 << 20) },
    { path: 'empty', data: new Uint8Array(0) },
  ]
  const packed = packDirectory(directory)
  expect(packed.length).toBeLessThan(4 * 8192)
  // As it is read from a file: anywhere within a larger buffer.
  const moved = Buffer.concat([Buffer.alloc(3), packed]).subarray(3)
  const plain = (entries: DataDirectory) =>
    entries.map(({ path, data }) => [path, data && Buffer.from(data).toString('base64')])
  expect(plain(unpackDirectory(moved))).toEqual(plain(directory))
})
