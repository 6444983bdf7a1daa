import { readRegularFile } from '../disk/readRegularFile.ts'
import { ProblemError } from '../finding/problem.ts'
import { isRecord } from '../json/isRecord.ts'

/** What a CI service says about the change it runs for. */
export interface CiChange {
  /** For messages: `GitHub Actions`. */
  readonly service: string
  /** The branch a pull or merge request goes to. */
  readonly targetBranch: string | null
  /** The commit the change stands on, where the service knows it exactly. */
  readonly baseCommit: string | null
  /** What was pushed, and the branch's commit before that; null where the branch is new. */
  readonly push: { readonly branch: string; readonly before: string | null } | null
  readonly defaultBranch: string | null
}

/**
 * Reads what CI tells about the change.
 *
 * @param env - the variables of GitHub Actions
 *   (https://docs.github.com/actions/reference/workflows-and-actions/variables) or of GitLab CI
 *   (https://docs.gitlab.com/ci/variables/predefined_variables/)
 * @returns null outside of both
 * @throws ProblemError where GitHub's event file is needed and cannot be read
 */
export function readCiChange(env: NodeJS.ProcessEnv): CiChange | null {
  if (env.GITHUB_ACTIONS === 'true') return readGitHub(env)
  if (env.GITLAB_CI === 'true') return readGitLab(env)
  return null
}

/** The parts of a webhook payload that are used here; a container may have been handed an odd one. */
interface GitHubEvent {
  readonly ref: string | undefined
  readonly before: string | undefined
  readonly baseCommit: string | undefined
  readonly baseRef: string | undefined
  readonly defaultBranch: string | undefined
}

function readGitHub(env: NodeJS.ProcessEnv): CiChange {
  const event = readGitHubEvent(env)
  const pushedRef = env.GITHUB_EVENT_NAME === 'push' ? (event.ref ?? env.GITHUB_REF) : undefined
  return {
    service: 'GitHub Actions',
    targetBranch: env.GITHUB_BASE_REF || shortBranch(event.baseRef),
    baseCommit: event.baseCommit ?? null,
    push: pushOf(shortBranch(pushedRef), event.before),
    defaultBranch: event.defaultBranch ?? null,
  }
}

function readGitHubEvent(env: NodeJS.ProcessEnv): GitHubEvent {
  const file = env.GITHUB_EVENT_PATH ?? ''
  try {
    return eventOf(JSON.parse(readRegularFile(file).toString('utf8')))
  } catch {
    const name = env.GITHUB_EVENT_NAME ?? ''
    if (!['push', 'merge_group'].includes(name)) return eventOf({})
    throw new ProblemError({
      message:
        `GITHUB_EVENT_PATH ("${file}") is not a readable event, so what this ${name} ` +
        'started from is unknown',
      file: null,
      help: 'Pass the event file into the container, or name the base with --base <ref>.',
    })
  }
}

/**
 * Takes a payload apart.
 *
 * @throws Error where it is no object
 */
function eventOf(event: unknown): GitHubEvent {
  if (!isRecord(event)) throw new Error('no object')
  const text = (from: unknown, key: string): string | undefined => {
    const value = isRecord(from) ? from[key] : undefined
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return {
    ref: text(event, 'ref'),
    before: text(event, 'before'),
    baseCommit: text(event['merge_group'], 'base_sha'),
    baseRef: text(event['merge_group'], 'base_ref'),
    defaultBranch: text(event['repository'], 'default_branch'),
  }
}

function readGitLab(env: NodeJS.ProcessEnv): CiChange {
  return {
    service: 'GitLab CI',
    targetBranch: env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME || null,
    // Set in pipelines for merged results, where HEAD already contains the target branch.
    baseCommit:
      env.CI_MERGE_REQUEST_TARGET_BRANCH_SHA || env.CI_MERGE_REQUEST_DIFF_BASE_SHA || null,
    // All zeros also in pipelines started by hand, which nobody pushed anything for.
    push:
      env.CI_PIPELINE_SOURCE === 'push' || !isZero(env.CI_COMMIT_BEFORE_SHA)
        ? pushOf(env.CI_COMMIT_BRANCH || null, env.CI_COMMIT_BEFORE_SHA)
        : null,
    defaultBranch: env.CI_DEFAULT_BRANCH || null,
  }
}

function pushOf(branch: string | null, before: string | undefined): CiChange['push'] {
  if (branch === null || !before) return null
  return { branch, before: isZero(before) ? null : before }
}

function isZero(commit: string | undefined): boolean {
  return commit === undefined || /^0*$/.test(commit)
}

function shortBranch(ref: string | undefined): string | null {
  return ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
}
