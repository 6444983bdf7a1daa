/**
 * A file name for a key (FNV-1a, 32 bits). Two keys may share one: the whole key stands beside the
 * answer. A cryptographic hash would cost more to load than the answer to read.
 */
export function fileName(key: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
