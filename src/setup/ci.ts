import type { Tree } from '../git/tree.ts'
import type { AskGit } from './askGit.ts'

export type CiService = 'github' | 'gitlab' | 'other'

/** The CI of a repository. */
export interface Ci {
  /** Null where there is no sign of any. */
  readonly service: CiService | null
  /** For people: `GitHub Actions`, and for other services their names. */
  readonly name: string
  /** Files that already run migration-lint. */
  readonly running: readonly string[]
}

/** Configurations of services that are told what to run, but for which no file is written. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\.circleci\/config\.ya?ml$/, 'CircleCI'],
  [/^bitbucket-pipelines\.ya?ml$/, 'Bitbucket Pipelines'],
  [/^azure-pipelines\.ya?ml$/, 'Azure Pipelines'],
  [/^Jenkinsfile$/, 'Jenkins'],
  [/^\.buildkite\/pipeline\.ya?ml$/, 'Buildkite'],
  [/^\.travis\.yml$/, 'Travis CI'],
  [/^\.woodpecker(?:\/.*)?\.ya?ml$/, 'Woodpecker'],
  [/^\.drone\.ya?ml$/, 'Drone'],
]

const GITHUB = /^\.github\/workflows\/[^/]+\.ya?ml$/
const GITLAB = /^(?:\.gitlab-ci|\.gitlab\/.+)\.ya?ml$/

/** Finds the CI by its files, else by where `origin` is. */
export function findCi(tree: Tree, ask: AskGit): Ci {
  const paths = tree.list('').map(({ path }) => path)
  const origin = ask('remote', 'get-url', 'origin') ?? ''
  const other = OTHERS.find(([pattern]) => paths.some((path) => pattern.test(path)))?.[1]
  const service: CiService | null = paths.some((path) => GITHUB.test(path))
    ? 'github'
    : paths.includes('.gitlab-ci.yml')
      ? 'gitlab'
      : other !== undefined
        ? 'other'
        : /[@/.]github[.:]|github\.com/.test(origin)
          ? 'github'
          : /gitlab/.test(origin)
            ? 'gitlab'
            : null
  const files = paths.filter(
    (path) =>
      GITHUB.test(path) || GITLAB.test(path) || OTHERS.some(([pattern]) => pattern.test(path)),
  )
  return {
    service,
    name: { github: 'GitHub Actions', gitlab: 'GitLab CI', other: other ?? '' }[service ?? 'other'],
    running: files.filter((path) => mentions(tree, path)),
  }
}

/** Whether a CI file runs migration-lint, by itself or through a script of that package. */
function mentions(tree: Tree, path: string): boolean {
  const text = tree.read(path)?.toString('utf8') ?? ''
  return text.split('\n').some((line) => /migration-lint/.test(line.replace(/(?:^|\s)#.*$/, '')))
}

/** The branch that production is deployed from. */
export function productionBranch(ask: AskGit, base: string | undefined): string {
  const named = base?.replace(/^(?:refs\/(?:heads|remotes)\/)?(?:origin\/)?/, '')
  if (named) return named
  const head = ask('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD')
  if (head !== null) return head.replace(/^origin\//, '')
  const known = ['main', 'master'].find(
    (name) =>
      ask('rev-parse', '--verify', '--quiet', `refs/heads/${name}`) ??
      ask('rev-parse', '--verify', '--quiet', `refs/remotes/origin/${name}`),
  )
  return known ?? ask('symbolic-ref', '--quiet', '--short', 'HEAD') ?? 'main'
}
