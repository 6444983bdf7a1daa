import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { terminalWidth, writeAll, type Output } from '../../src/commands/output.ts'

test('waits until a slow reader has everything', async () => {
  const pipe = new PassThrough({ highWaterMark: 16 })
  let read = 0
  pipe.on('data', (chunk: Buffer) => (read += chunk.length))
  await writeAll(pipe, 'x'.repeat(3_000_000))
  expect(read).toBe(3_000_000)
})

function failing(code: string): Output {
  const error: NodeJS.ErrnoException = Object.assign(new Error(code), { code })
  const emitter = new EventEmitter()
  return {
    on: (event, listener) => emitter.on(event, listener),
    write: (_, done) => {
      done(error)
      emitter.emit('error', error)
    },
  }
}

test('a reader that has gone is no error', async () => {
  await expect(writeAll(failing('EPIPE'), 'text')).resolves.toBeUndefined()
})

test('a full disk is one', async () => {
  await expect(writeAll(failing('ENOSPC'), 'text')).rejects.toThrow('ENOSPC')
})

test('only a terminal has a width', () => {
  const output = failing('EPIPE')
  expect(terminalWidth({ ...output, isTTY: true, columns: 90 })).toBe(90)
  expect(terminalWidth({ ...output, columns: 90 })).toBeNull()
  expect(terminalWidth({ ...output, isTTY: true, columns: 0 })).toBeNull()
})
