/**
 * Finds what somebody probably meant by a misspelt word, for "did you mean" texts.
 *
 * @param word - what was written
 * @param candidates - what would have been right
 * @returns the nearest candidate, or null where none is near enough to be a likely meaning
 */
export function closest(word: string, candidates: Iterable<string>): string | null {
  const wanted = normalise(word)
  let best: string | null = null
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const other = normalise(candidate)
    const abbreviated = wanted.length > 2 && (other.startsWith(wanted) || wanted.startsWith(other))
    // The beginning of one name is that name, however near another one is.
    if (other.startsWith(`${wanted}-`)) return candidate
    const reach = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3))
    const distance = editDistance(wanted, other)
    if ((distance <= reach || abbreviated) && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `": did you mean "x"?"`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = closest(word, candidates)
  return meant === null ? '' : `: did you mean "${meant}"?`
}

function normalise(word: string): string {
  return word.toLowerCase().replace(/[_\s]/g, '-')
}

/**
 * Damerau-Levenshtein distance in its restricted form ("optimal string alignment"): insertions,
 * deletions, replacements and swaps of neighbours, no part edited twice.
 */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let distance = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, beforePrevious[j - 2]! + 1)
      }
      row.push(distance)
    }
    beforePrevious = previous
    previous = row
  }
  return previous[b.length]!
}
