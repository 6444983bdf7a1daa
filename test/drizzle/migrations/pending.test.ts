import { describe, expect, it } from 'vitest'
import { readMigrationFolder } from '../../../src/drizzle/migrations/folder.ts'
import { pendingMigrations } from '../../../src/drizzle/migrations/pending.ts'
import { folders, journaled } from './journals.ts'
import { memoryTree } from '../memoryTree.ts'

function pending(deployed: Record<string, string>, after: Record<string, string>): string[] {
  const folder = (files: Record<string, string>) => readMigrationFolder(memoryTree(files), 'out')
  return pendingMigrations(folder(deployed), folder(after)).map(({ name }) => name)
}

describe('pending is', () => {
  it('everything, before the first deployment', () => {
    expect(pending({}, journaled('out', ['0000_a', '0001_b']))).toEqual(['0000_a', '0001_b'])
  })

  it('what is not deployed, in the order of the journal', () => {
    expect(
      pending(journaled('out', ['0000_a']), journaled('out', ['0000_a', '0002_c', '0001_b'])),
    ).toEqual(['0002_c', '0001_b'])
  })

  it('what is not deployed, by name where there is no journal', () => {
    expect(
      pending(
        folders('out', ['20260102000000_b']),
        folders('out', ['20260103000000_c', '20260102000000_b', '20260101000000_a']),
      ),
    ).toEqual(['20260101000000_a', '20260103000000_c'])
  })

  it('not an edited migration, which no migrator runs again', () => {
    const edited = { ...journaled('out', ['0000_a']), 'out/0000_a.sql': 'DROP TABLE users;' }
    expect(pending(journaled('out', ['0000_a']), edited)).toEqual([])
  })

  it('not a deployed migration whose SQL was lost and has come back', () => {
    const { 'out/0000_a.sql': _, ...lost } = journaled('out', ['0000_a'])
    expect(pending(lost, journaled('out', ['0000_a']))).toEqual([])
  })

  it('nothing that was merely converted by `drizzle-kit up`', () => {
    expect(
      pending(
        journaled('out', ['0000_a', '0001_b']),
        folders('out', ['20260101000000_a', '20260102000000_b', '20260202000000_c']),
      ),
    ).toEqual(['20260202000000_c'])
  })
})
