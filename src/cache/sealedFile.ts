import { readFileSync, rmSync } from 'node:fs'
import { checksum } from './checksum.ts'
import { replaceFile } from './replaceFile.ts'

/** Changes whenever the head of such a file does. */
const FORMAT = Buffer.from('mlcache1')
/** Format, length and checksum; a multiple of eight, which is how V8 wants its code placed. */
const HEAD = 16

/**
 * Writes a file that can be told from a damaged one. Nobody but the user may read it: answers tell
 * what a project is made of.
 *
 * @param version - of everything that gives the content its meaning: of the tool, of Node
 * @throws Error where it cannot be written
 */
export function writeSealed(path: string, version: string, content: Buffer): void {
  const head = Buffer.alloc(HEAD)
  FORMAT.copy(head)
  head.writeUInt32LE(content.length, 8)
  head.writeUInt32LE(seal(version, content), 12)
  replaceFile(path, Buffer.concat([head, content]), 0o600)
}

/**
 * The content of a file that `writeSealed` has written. One that is damaged, of another version or
 * not of ours is removed: it would be in the way each time.
 *
 * @returns undefined where there is none
 */
export function readSealed(path: string, version: string): Buffer | undefined {
  let file: Buffer
  try {
    file = readFileSync(path)
  } catch {
    return undefined
  }
  const content = file.subarray(HEAD)
  const fits =
    file.length >= HEAD &&
    file.subarray(0, FORMAT.length).equals(FORMAT) &&
    file.readUInt32LE(8) === content.length &&
    file.readUInt32LE(12) === seal(version, content)
  if (fits) return content
  try {
    rmSync(path, { force: true })
  } catch {
    // Where nothing can be removed, it does not fit the next time either.
  }
  return undefined
}

function seal(version: string, content: Buffer): number {
  return checksum(content, checksum(Buffer.from(version)))
}
