import { expect, test } from 'vitest'
import type { Output } from '../../src/commands/output.ts'
import { progressOn } from '../../src/commands/progress.ts'

function output(more: Partial<Output>): { readonly written: string[]; readonly output: Output } {
  const written: string[] = []
  const write = (text: string, done: () => void) => {
    written.push(text)
    done()
  }
  return { written, output: { on: () => undefined, write, ...more } }
}

test('a terminal has one line, which fits, is rewritten and goes away', () => {
  const { written, output: terminal } = output({ isTTY: true, columns: 30 })
  const progress = progressOn(terminal, {})
  progress?.say('applying deployed migrations: 1 of 2')
  progress?.say('running 0001_\u001b[31mred')
  progress?.end()
  expect(written).toHaveLength(3)
  expect(written[0]).toBe('\r\u001b[Kmigration-lint: applying depl')
  // A name that colours the terminal does not.
  expect(written[1]!.slice('\r\u001b[K'.length)).not.toContain('\u001b')
  expect(written[2]).toBe('\r\u001b[K')
})

test('what is no terminal, or cannot go back in a line, gets nothing', () => {
  expect(progressOn(output({}).output, {})).toBeNull()
  expect(progressOn(output({ isTTY: true }).output, { TERM: 'dumb' })).toBeNull()
})
