import { createHash } from 'node:crypto'

/** Git's id of a content, in the form of another id: SHA-1 or SHA-256. */
export function blobId(content: Buffer, like: string): string {
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex')
}
