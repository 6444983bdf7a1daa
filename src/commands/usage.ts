import { ProblemError } from '../finding/problem.ts'

/** A command line that makes no sense. */
export function usageError(message: string, help = ''): ProblemError {
  return new ProblemError({ message, file: null, help })
}
