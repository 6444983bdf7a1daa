import { describe, expect, test } from 'vitest'
import { SharedMap } from '../../src/catalog/sharedMap.ts'

const names = Array.from({ length: 500 }, (_, index) => `public\0table_${index}`)
const full = () => SharedMap.from(names.map((name, index) => [name, index] as const))

describe('a shared map', () => {
  test('holds what a map would hold', () => {
    const map = full()
    expect(map.size).toBe(500)
    expect(names.every((name, index) => map.get(name) === index && map.has(name))).toBe(true)
    expect(new Map(map)).toEqual(new Map(names.map((name, index) => [name, index])))
    expect([...map.keys()].sort()).toEqual([...names].sort())
    expect([...map.values()].reduce((sum, value) => sum + value, 0)).toBe((499 * 500) / 2)
    const seen: [string, number][] = []
    map.forEach((value, key) => seen.push([key, value]))
    expect(seen).toEqual([...map])
  })

  test('changes in a copy, and stays as it was', () => {
    const map = full()
    const changed = map
      .with('public\0table_7', -1)
      .with('public\0new', 1000)
      .without('public\0table_8')
    expect([changed.size, changed.get('public\0table_7'), changed.get('public\0new')]).toEqual([
      500, -1, 1000,
    ])
    expect(changed.has('public\0table_8')).toBe(false)
    expect([map.size, map.get('public\0table_7'), map.get('public\0table_8')]).toEqual([500, 7, 8])
    expect(map.has('public\0new')).toBe(false)
  })

  test('is the same map without what it does not hold', () => {
    const map = full()
    expect(map.without('public\0nothing')).toBe(map)
    expect(map.get('public\0nothing')).toBeUndefined()
  })

  test('takes any key, the empty one too', () => {
    const keys = ['', 'a', 'ab', 'é', '😀', '\0']
    const map = SharedMap.from(keys.map((key) => [key, key] as const))
    expect(keys.map((key) => map.get(key))).toEqual(keys)
  })
})
