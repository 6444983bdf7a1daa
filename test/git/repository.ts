import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real repository in a temporary folder. */
export interface Repository {
  /** Absolute path of the top folder, without symbolic links. */
  readonly path: string
  /** Writes a file and the folders it needs. */
  write(path: string, content: string | Buffer): void
  /** Runs git in the top folder and answers what it printed, without the last line end. */
  git(...args: string[]): string
  /** Commits everything there is, also nothing; answers the commit's id. */
  commit(message: string): string
  remove(): void
}

/**
 * The environment tests run git and code under test in: nothing of the git hook or CI they may
 * run in, no settings of the machine. A test run from a hook would else write into that checkout.
 */
export function isolatedEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(GIT|GITHUB|GITLAB|CI)(_|$)/.test(name)) env[name] = value
  }
  return {
    ...env,
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
    ...more,
  }
}

/** Creates an empty repository on the branch main. */
export function createRepository(): Repository {
  const path = createFolder()
  const repository = openRepository(path)
  repository.git('init', '--quiet', '--initial-branch=main')
  return repository
}

/**
 * Clones a repository.
 *
 * @param options - of git clone, such as `--depth=1`
 */
export function cloneRepository(from: Repository, ...options: string[]): Repository {
  const path = createFolder()
  const repository = openRepository(path)
  repository.git('clone', '--quiet', ...options, `file://${from.path}`, '.')
  return repository
}

/** The repository whose top folder this is. */
export function openRepository(path: string): Repository {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: path,
      env: isolatedEnvironment(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '')
  return {
    path,
    git,
    write(file, content) {
      const full = join(path, file)
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, content)
    },
    commit(message) {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--no-verify', '-m', message)
      return git('rev-parse', 'HEAD')
    },
    remove() {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** An empty temporary folder, outside of any repository. */
export function createFolder(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), 'migration-lint-'))
}
