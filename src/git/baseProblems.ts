import { ProblemError } from '../finding/problem.ts'
import type { Git } from './git.ts'

type Clone = Pick<Git, 'shallow'>

/**
 * A base somebody named that is not there.
 *
 * @param source - who named it: `--base`
 */
export function unknownBase({ shallow }: Clone, name: string, source: string): ProblemError {
  if (shallow) return tooShallow(`"${name}" (${source})`)
  return problem(
    `"${name}" (${source}) is not a branch, tag or commit of this repository`,
    `Check the name, or fetch it: git fetch origin ${name.replace(/^origin\//, '')}. In CI check ` +
      'out the whole history: fetch-depth: 0.',
  )
}

/** A commit CI gives that was not fetched. */
export function notInClone({ shallow }: Clone, what: string, commit: string): ProblemError {
  const missing = `${what}, ${commit.slice(0, 12)}`
  if (shallow) return tooShallow(missing)
  return problem(
    `this clone does not contain ${missing}`,
    'After a forced push that commit may be gone: name the base with --base <ref>.',
  )
}

/** HEAD and the base have no commit in common, as far as this clone reaches. */
export function unrelatedHistory({ shallow }: Clone, name: string): ProblemError {
  if (shallow) return tooShallow(`what HEAD and ${name} have in common`)
  return problem(
    `HEAD and ${name} have no history in common`,
    'Name the production branch with --base <ref>, or with base in the configuration.',
  )
}

/** Nobody named a base and no usual one exists. */
export function noProductionBranch(): ProblemError {
  return problem(
    'no production branch was found: neither a default branch of origin, nor main or master',
    'Name it with base in the configuration or with --base <ref>; if it is just not fetched, ' +
      'fetch it (fetch-depth: 0 for actions/checkout).',
  )
}

function tooShallow(missing: string): ProblemError {
  return problem(
    `this clone is shallow and does not contain ${missing}`,
    'Fetch the whole history: fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab CI, ' +
      'or git fetch --unshallow.',
  )
}

function problem(message: string, help: string): ProblemError {
  return new ProblemError({ message, file: null, help })
}
