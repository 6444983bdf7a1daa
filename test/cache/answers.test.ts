import { describe, expect, test } from 'vitest'
import { Answers } from '../../src/cache/answers.ts'
import type { Store } from '../../src/cache/store.ts'

function memory(): Store & { readonly size: number } {
  const map = new Map<string, unknown>()
  return {
    get: (key) => structuredClone(map.get(key)),
    set: (key, value) => map.set(key, structuredClone(value)),
    get size() {
      return map.size
    },
  }
}

const never = () => {
  throw new Error('it was asked again')
}

describe('answers', () => {
  test('are those of an earlier run with the same key', () => {
    const store = memory()
    const first = new Answers(store, 'k')
    expect(first.isWarm).toBe(false)
    expect(first.to('a', () => '1')).toBe('1')
    first.save()
    const second = new Answers(store, 'k')
    expect(second.isWarm).toBe(true)
    expect(second.to('a', never)).toBe('1')
    expect(new Answers(store, 'other').isWarm).toBe(false)
  })

  test('a question is asked once in a run', () => {
    const answers = new Answers(null, 'k')
    expect(answers.to('a', () => '1')).toBe('1')
    expect(answers.to('a', never)).toBe('1')
  })

  test('keep what the last run has asked, and nothing else', () => {
    const store = memory()
    const first = new Answers(store, 'k')
    first.to('old', () => '1')
    first.to('both', () => '2')
    first.save()
    const second = new Answers(store, 'k')
    second.to('both', never)
    second.to('new', () => '3')
    second.save()
    const third = new Answers(store, 'k')
    expect(third.to('both', never)).toBe('2')
    expect(third.to('new', never)).toBe('3')
    expect(() => third.to('old', never)).toThrow('asked again')
  })

  test('of a whole history are not kept', () => {
    const store = memory()
    const answers = new Answers(store, 'k')
    for (let i = 0; i < 20; i++) answers.to(`q${i}`, () => 'x'.repeat(100_000))
    answers.save()
    expect(store.size).toBe(0)
  })
})
