/**
 * As many blocks of a text as there is room for, the first ones first.
 *
 * @param end - stands below them in any case
 * @param limit - bytes of UTF-8
 * @param rest - says how many are left out
 */
export function within(
  blocks: readonly string[],
  end: string,
  limit: number,
  rest: (count: number) => string,
): string {
  let room = limit - Buffer.byteLength(end) - Buffer.byteLength(rest(blocks.length)) - 6
  const first = blocks.findIndex((text) => (room -= Buffer.byteLength(text) + 2) < 0)
  const kept = first === -1 ? [...blocks] : blocks.slice(0, first)
  const left = blocks.length - kept.length
  if (left > 0) kept.push(rest(left))
  return `${kept.join('\n\n')}\n${end === '' ? '' : `\n${end}`}`
}
