import { createHash } from 'node:crypto'
import type { Finding } from '../finding/finding.ts'

/**
 * Names of findings that stay the same when lines move, a message is reworded or another finding
 * comes or goes: made of rule, project, migration, object and which of several such it is.
 *
 * @param findings - all of them, suppressed ones too, in their order
 * @returns one fingerprint each
 */
export function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map(({ rule, project, migration, file, object }) => {
    const identity = JSON.stringify([rule, project, migration ?? { file }, object])
    const nth = (seen.get(identity) ?? 0) + 1
    seen.set(identity, nth)
    return createHash('sha256').update(`${identity}#${nth}`).digest('hex').slice(0, 32)
  })
}
