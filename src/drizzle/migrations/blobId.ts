/** Git's id of a content, in the form of another id: SHA-1 or SHA-256. */
export function blobId(content: Buffer, like: string): string {
  // Loading it takes 5 ms, and hardly a run needs it.
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex')
}
