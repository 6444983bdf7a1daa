import type { CheckResult } from '../check/result.ts'
import { Lines } from './position.ts'

/** Lines of the files of a check, each read when it is first asked for; undefined: not there. */
export function linesOf(result: Pick<CheckResult, 'text'>): (file: string) => Lines | undefined {
  const read = new Map<string, Lines | undefined>()
  return (file) => {
    if (!read.has(file)) {
      const text = result.text(file)
      read.set(file, text === undefined ? undefined : new Lines(text))
    }
    return read.get(file)
  }
}
