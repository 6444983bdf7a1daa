import { describe, expect, test } from 'vitest'
import { checksum } from '../../src/cache/checksum.ts'

const text = Buffer.from('The quick brown fox jumps over the lazy dog.')

test("is Node's CRC-32 where Node has it", () => {
  expect(checksum(Buffer.from('123456789'))).toBe(0xcbf43926)
})

describe.each([
  ['of Node', undefined],
  ['of our own', null],
] as const)('a checksum %s', (_, native) => {
  const sum = (content: Buffer, before = 0) => checksum(content, before, native)

  test('is another one for every bit that is turned and every byte that is cut off', () => {
    const seen = new Set([sum(text)])
    for (let bit = 0; bit < text.length * 8; bit++) {
      const damaged = Buffer.from(text)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      seen.add(sum(damaged))
    }
    for (let length = 0; length < text.length; length++) seen.add(sum(text.subarray(0, length)))
    expect(seen.size).toBe(1 + text.length * 9)
  })

  test('depends on what stands before', () => {
    expect(sum(text, sum(Buffer.from('1')))).not.toBe(sum(text, sum(Buffer.from('2'))))
  })
})
