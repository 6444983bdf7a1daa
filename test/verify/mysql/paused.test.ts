import { describe, expect, test } from 'vitest'
import { isNext, mayGoOn } from '../../../src/verify/mysql/paused.ts'
import type { Unit } from '../../../src/verify/plan.ts'

const ALTER = 'ALTER TABLE `users` MODIFY `name` varchar(5);'

function goesOn(statements: readonly string[], without: readonly number[] = []): boolean {
  const units = statements.map((sql, at) => ({ at, sql }) as Unit)
  return mayGoOn(units, units.at(-1)!, new Set(without))
}

describe('whether the next pass can go on where one was refused', () => {
  test('after statements that commit', () => {
    expect(goesOn([ALTER])).toBe(true)
    expect(goesOn(['CREATE UNIQUE INDEX `i` ON `t` (`a`)', 'create table t (id int)', ALTER])).toBe(
      true,
    )
  })

  test('not after rows that are rolled back, or what the session keeps', () => {
    expect(goesOn(['INSERT INTO `users` VALUES (1)', ALTER])).toBe(false)
    expect(goesOn(['SET foreign_key_checks = 0', ALTER])).toBe(false)
    expect(goesOn(['CREATE TEMPORARY TABLE `t` (`id` int)', ALTER])).toBe(false)
    expect(goesOn(['SET foreign_key_checks = 0', ALTER], [0])).toBe(true)
  })

  test('not where the refused statement may be half done', () => {
    expect(goesOn(['DROP TABLE `a`, `b`'])).toBe(false)
    expect(goesOn(['UPDATE `users` SET `name` = 1'])).toBe(false)
  })

  test('only for the pass that leaves out that statement besides, on the same rows', () => {
    const paused = { filled: 'a', copy: 'b', failed: 3, without: [1], start: new Set<string>() }
    expect(isNext(paused, 'a', new Set([1, 3]))).toBe(true)
    expect(isNext(paused, 'a', new Set([1]))).toBe(false)
    expect(isNext(paused, 'a', new Set([1, 2]))).toBe(false)
    expect(isNext(paused, 'a', new Set([1, 2, 3]))).toBe(false)
    expect(isNext(paused, 'c', new Set([1, 3]))).toBe(false)
    expect(isNext(null, 'a', new Set())).toBe(false)
  })
})
