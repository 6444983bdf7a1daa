import { readFileSync, writeFileSync } from 'node:fs'
import type { Outcome } from './measure.ts'

const file = new URL('../../../fixtures/postgres-versions.json', import.meta.url)

/** What the statements of ./statements.ts did, by their SQL and the major version. */
export type Recorded = Record<string, Record<string, Outcome>>

export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(file, 'utf8')) as Recorded
}

/** Puts what was measured on one version in place of what was recorded of it. */
export function record(version: number, measured: ReadonlyMap<string, Outcome>): void {
  const all = readRecorded()
  const merged = [...measured].map(([sql, outcome]) => {
    const versions = { ...all[sql], [version]: outcome }
    return [sql, versions] as const
  })
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(merged), null, 2)}\n`)
}
