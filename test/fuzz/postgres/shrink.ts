import { BREAKPOINT, type RandomDeployment } from './deployment.ts'

/**
 * The least of a deployment that still shows what it showed: statements are left out one by one, the
 * pending ones first, for as long as `shows` agrees.
 */
export async function shrink(
  deployment: RandomDeployment,
  shows: (smaller: RandomDeployment) => Promise<boolean>,
): Promise<RandomDeployment> {
  let least = deployment
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false
    for (const smaller of withOneLess(least)) {
      if (!(await shows(smaller))) continue
      least = smaller
      isSmaller = true
      break
    }
  }
  return least
}

/** Every deployment that has one statement less; the last statements go first. */
function* withOneLess({ before, files }: RandomDeployment): Generator<RandomDeployment> {
  const count = files.flat().length
  for (let left = count - 1; left >= 0 && count > 1; left--) {
    let at = 0
    const fewer = files.map((file) => file.filter(() => at++ !== left))
    yield { before, files: fewer.filter((file) => file.length > 0) }
  }
  const deployed = before.split(BREAKPOINT)
  for (let left = deployed.length - 1; left >= 0 && deployed.length > 1; left--) {
    yield { before: deployed.filter((_, position) => position !== left).join(BREAKPOINT), files }
  }
}
