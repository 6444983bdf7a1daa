import { readFileSync } from 'node:fs'

/**
 * What GitHub says about the run.
 *
 * @typedef {object} Event
 * @property {{ number: number, head: { repo: { full_name: string } | null } }} [pull_request]
 * @property {{ head_repository: { full_name: string } | null }} [workflow_run]
 * @property {{ full_name: string }} [repository]
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Event}
 */
export function readEvent({ GITHUB_EVENT_PATH: path }) {
  return path ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/**
 * Why a run must not evaluate the schema that it has checked out; null where it may.
 *
 * A pull request may change the schema, which is code. `pull_request_target`, and `workflow_run` after a
 * fork's run, give it secrets and a token that can write
 * (https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/).
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Event} event
 */
export function refusal({ GITHUB_EVENT_NAME: name, GITHUB_REPOSITORY: repository }, event) {
  if (name === 'pull_request_target') {
    return 'pull_request_target gives the code of a pull request the secrets of the repository: use pull_request'
  }
  const head = event.workflow_run?.head_repository?.full_name
  if (name === 'workflow_run' && head !== repository) {
    return 'workflow_run gives the code of a fork the secrets of the repository: use pull_request'
  }
  return null
}

/**
 * The pull request that a comment can be posted on; null where there is none, or where GitHub gives the
 * run a token that can only read: forks and Dependabot.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Event} event
 * @returns {number | null}
 */
export function commentable(env, { pull_request: pull }) {
  if (env.GITHUB_EVENT_NAME !== 'pull_request' || pull === undefined) return null
  if (pull.head.repo?.full_name !== env.GITHUB_REPOSITORY) return null
  return env.GITHUB_ACTOR === 'dependabot[bot]' ? null : pull.number
}
