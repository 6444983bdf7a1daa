import { runGit } from '../git/process.ts'

/** One question to git about a checkout; null where it fails or has nothing to say. */
export type AskGit = (...args: readonly string[]) => string | null

/**
 * @param root - absolute folder to ask in
 * @param env - without the variables that git gives its hooks: they would speak of another index
 */
export function askGitIn(root: string, env: NodeJS.ProcessEnv): AskGit {
  return (...args) => {
    const { status, stdout } = runGit(args, { cwd: root, env })
    return (status === 0 && stdout.toString('utf8').trimEnd()) || null
  }
}
