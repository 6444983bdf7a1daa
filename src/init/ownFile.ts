import { createHash } from 'node:crypto'
import { Refusal } from './refusal.ts'

/**
 * A file that is all ours: its first line tells what wrote it, and whether anybody has changed it since.
 *
 * @param body - all lines but the first
 */
export function ownFile(body: string): string {
  return `${MARK} (${checksum(body)}). While it is unchanged, init keeps it up to date and init --remove deletes it.\n${body}`
}

const MARK = '# Written by migration-lint init'

/** Whether a text is a file of ours as it was written; null where it is not ours. */
export function isUnchanged(text: string): boolean | null {
  const plain = text.replaceAll('\r\n', '\n')
  const [, sum, body = ''] =
    /^# Written by migration-lint init \((\w+)\)\..*\n([^]*)$/.exec(plain) ?? []
  return sum === undefined ? null : sum === checksum(body)
}

/**
 * What a file of ours is to hold.
 *
 * @param there - what it holds now; null where it does not exist
 * @returns the text itself where somebody has changed it
 * @throws Refusal where another file has its name
 */
export function renewed(path: string, there: string | null, body: string): string {
  if (there === null) return ownFile(body)
  const unchanged = isUnchanged(there)
  if (unchanged === null) throw new Refusal(path, `${path} is there and is not ours`)
  return unchanged && there.replaceAll('\r\n', '\n') !== ownFile(body) ? ownFile(body) : there
}

function checksum(body: string): string {
  return createHash('sha1').update(body).digest('hex').slice(0, 12)
}
