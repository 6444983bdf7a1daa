/** One line of a difference. */
export interface DiffLine {
  readonly kind: 'added' | 'removed'
  readonly text: string
}

/**
 * The lines that two texts differ in, in order: what both have in common is left out.
 *
 * @param before - null for a file that is made
 * @param after - null for one that is deleted
 */
export function lineDiff(before: string | null, after: string | null): readonly DiffLine[] {
  const old = linesOf(before)
  const next = linesOf(after)
  const common = longestCommon(old, next)
  const found: DiffLine[] = []
  let [i, j] = [0, 0]
  for (const [k, m] of [...common, [old.length, next.length] as const]) {
    for (; i < k; i++) found.push({ kind: 'removed', text: old[i]! })
    for (; j < m; j++) found.push({ kind: 'added', text: next[j]! })
    i++
    j++
  }
  return found
}

function linesOf(text: string | null): readonly string[] {
  if (text === null || text === '') return []
  return text.replace(/\r?\n$/, '').split(/\r?\n/)
}

/** Pairs of positions of a longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return pairs
}
