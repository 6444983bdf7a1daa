/** NAMEDATALEN - 1: the bytes that a name can have. */
export const LONGEST_NAME = 63

/** A text cut to a number of UTF-8 bytes, never within a character (`pg_mbcliplen`). */
export function clip(text: string, length: number): string {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= length) return text
  let end = length
  // Continuation bytes start with the bits 10.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}
