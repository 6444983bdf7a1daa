import type { Problem } from './finding.ts'

/**
 * Thrown where nothing further can be done: no git where git is needed, an unknown base, a broken
 * configuration. The CLI prints its one line and exits 2; it is never a stack trace.
 */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'ProblemError'
    this.problem = problem
  }
}
