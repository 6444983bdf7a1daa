import { ProblemError } from '../finding/problem.ts'
import type { Git } from './git.ts'
import type { KeptObjects } from './keptObjects.ts'

/** Contents by blob id. Trees of one checkout share it: most of their files are the same. */
export interface BlobReader {
  /** @returns the content of every id */
  readAll(ids: Iterable<string>): ReadonlyMap<string, Buffer>
}

/**
 * Reads blobs with one `git cat-file --batch` for all that are not known yet.
 *
 * @param git - the checkout the blobs are in
 * @param kept - what an earlier run has read
 */
export function createBlobReader(git: Git, kept: KeptObjects | null = null): BlobReader {
  const known = new Map<string, Buffer>()
  return {
    readAll(ids) {
      const wanted = new Set(ids)
      const unknown = [...wanted].filter((id) => {
        if (known.has(id)) return false
        const content = kept?.blob(id)
        if (content !== undefined) known.set(id, content)
        return content === undefined
      })
      if (unknown.length > 0) {
        const output = git.run(['cat-file', '--batch'], `${unknown.join('\n')}\n`)
        const fresh = new Map(parseBatch(output))
        for (const [id, content] of fresh) known.set(id, content)
        kept?.keepBlobs(fresh)
      }
      return new Map([...wanted].map((id) => [id, known.get(id)!]))
    },
  }
}

/** Each object is `<id> <type> <size>\n<content>\n`; a missing one `<id> missing\n`. */
function* parseBatch(output: Buffer): Generator<readonly [string, Buffer]> {
  let at = 0
  while (at < output.length) {
    const lineEnd = output.indexOf(0x0a, at)
    const [id = '', type, size] = output.toString('latin1', at, lineEnd).split(' ')
    if (type !== 'blob') {
      throw new ProblemError({
        message: `git has no content for blob ${id}`,
        file: null,
        help: 'The clone is incomplete or damaged: try git fetch, and git fsck.',
      })
    }
    const start = lineEnd + 1
    const end = start + Number(size)
    yield [id, output.subarray(start, end)]
    at = end + 1
  }
}
