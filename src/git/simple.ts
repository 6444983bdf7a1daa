import type { AskGit, Git } from './git.ts'

/**
 * The same questions as `git.ask`, through simple-git. Loading it costs a third of what a
 * pre-commit hook may cost in all, so this is for CI and for checks started by hand.
 */
export function askThroughSimpleGit(git: Git): AskGit {
  return async (args) => {
    const { GitPluginError, simpleGit } = await import('simple-git')
    const env = localEnvironment(git.env)
    try {
      const answer = await simpleGit({
        baseDir: git.root,
        allowEnvironment: Object.keys(env),
        unsafe: { allowUnsafeConfigPaths: true, allowUnsafeConfigEnvCount: true },
        completion: { onClose: true, onExit: false },
        trimmed: true,
      })
        .env(env)
        .raw([...args])
      return answer || null
    } catch (error) {
      // Its guards refuse some environments that git itself accepts; that is no answer of git's.
      return error instanceof GitPluginError ? git.ask(args) : null
    }
  }
}

/** Reading local history needs no editor, pager or transport, which simple-git refuses to pass. */
function localEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && neededVariable.test(name)) kept[name] = value
  }
  return kept
}

const neededVariable = new RegExp(
  [
    '^(PATH|HOME|USERPROFILE|HOMEDRIVE|HOMEPATH|XDG_CONFIG_HOME|SYSTEMROOT|TEMP|TMP|TMPDIR)$',
    '^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|CEILING_DIRECTORIES)$',
    '^GIT_(OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|OPTIONAL_LOCKS)$',
    '^GIT_(LITERAL_PATHSPECS|TRACE)$',
    '^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\\d+|VALUE_\\d+)$',
  ].join('|'),
  'i',
)
