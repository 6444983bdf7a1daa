import { checksum } from './checksum.ts'

/**
 * A file name for a key, of 32 bits, for one version of Node. Two keys may share one: the whole key
 * stands beside the answer. A cryptographic hash would cost more to load than the answer to read.
 */
export function fileName(key: string): string {
  return checksum(Buffer.from(key)).toString(16).padStart(8, '0')
}
