import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { schemaFiles } from '../drizzle/kit/schemaFiles.ts'
import type { Project } from '../drizzle/find/project.ts'
import { runGit } from '../git/process.ts'
import { hookCommand } from '../setup/hookLines.ts'
import { type Setup, withBins } from '../setup/setup.ts'
import { PROOF_COLUMN, withProofColumn } from './proofColumn.ts'

/** Whether the hook that was set up refuses a schema change without a migration. */
export interface Proof {
  readonly project: string
  readonly state: 'refused' | 'let through' | 'not tried'
  /** What was tried, or why nothing was; for people. */
  readonly message: string
  /** What the hook printed; empty where it was not run. */
  readonly output: string
}

const SECONDS = 120

/**
 * Runs the pre-commit line on a git index of its own, where a schema file has one more nullable column
 * and no migration makes it. Nothing of it is left: the index and the objects are in a temporary folder,
 * nothing is committed or checked out, and no other hook runs.
 */
export async function prove(setup: Setup): Promise<readonly Proof[]> {
  const proofs: Proof[] = []
  for (const project of setup.projects) {
    if (project.families.includes('sync')) proofs.push(await proveFor(setup, project))
  }
  return proofs
}

async function proveFor(setup: Setup, project: Project): Promise<Proof> {
  const { config } = setup
  const notTried = (message: string): Proof => ({
    project: project.name,
    state: 'not tried',
    message,
    output: '',
  })
  if (config.sync === 'off')
    return notTried('the comparison of schema and migrations is off (sync)')
  if (typeof config.sync === 'object' && config.sync.at === 'push') {
    return notTried('schema and migrations are compared when pushing only (sync)')
  }
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-proof-'))
  try {
    const index = temporaryIndex(setup, folder)
    const changed = await changeSchema(setup, project, index)
    if (changed === null)
      return notTried('no schema file was found that declares a table in a way known here')
    const { status, output } = runHook(setup, index.env)
    const where = `${changed} with one more nullable column`
    if (status !== 0 && output.includes(PROOF_COLUMN)) {
      return { project: project.name, state: 'refused', message: where, output }
    }
    const message = status === 0 ? where : `${where}: the hook failed for another reason`
    return { project: project.name, state: 'let through', message, output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface TemporaryIndex {
  readonly env: NodeJS.ProcessEnv
  /** Runs git on the index; null where it fails. */
  git(args: readonly string[], input?: string): string | null
}

/** A copy of the index; objects are read from the repository and written beside the copy. */
function temporaryIndex({ root, commonDir, env, ask }: Setup, folder: string): TemporaryIndex {
  const objects = join(folder, 'objects')
  mkdirSync(objects)
  const own: NodeJS.ProcessEnv = {
    ...env,
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(commonDir, 'objects'),
  }
  const git = (args: readonly string[], input = ''): string | null => {
    const { status, stdout } = runGit(args, { cwd: root, env: own }, input)
    return status === 0 ? stdout.toString('utf8') : null
  }
  const real = resolve(root, ask('rev-parse', '--git-path', 'index') ?? '.git/index')
  if (existsSync(real)) copyFileSync(real, join(folder, 'index'))
  return { env: own, git }
}

/** Puts a column into one schema file of the index; answers which, or null where none will do. */
async function changeSchema(
  { root, tree }: Setup,
  project: Project,
  { git }: TemporaryIndex,
): Promise<string | null> {
  const { files } = await schemaFiles(root, tree, project.schema)
  const isTracked = files.every((file) => git(['cat-file', '-e', `:${file}`]) !== null)
  if (!isTracked) {
    const parts = [project.config, project.out, ...files].filter((path) => path !== null)
    git(['add', '--all', '--', ...parts])
  }
  for (const file of files) {
    const text = git(['cat-file', 'blob', `:${file}`])
    const changed = text === null ? null : await withProofColumn(file, text)
    if (changed === null) continue
    const blob = git(['hash-object', '-w', '--stdin'], changed)?.trim()
    if (!blob || git(['update-index', '--cacheinfo', `100644,${blob},${file}`]) === null) continue
    return file
  }
  return null
}

/** Runs the line as git and the manager of the hooks do: in the top folder, in a shell. */
function runHook(setup: Setup, env: NodeJS.ProcessEnv) {
  const line = hookCommand('pre-commit', setup.packageFolder)
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', line], {
    cwd: setup.root,
    env: { ...withBins(setup), ...pick(env), NO_COLOR: '1' },
    encoding: 'utf8',
    timeout: SECONDS * 1000,
  })
  return { status: status ?? 1, output: `${stdout}${stderr}` }
}

function pick({
  GIT_INDEX_FILE,
  GIT_OBJECT_DIRECTORY,
  GIT_ALTERNATE_OBJECT_DIRECTORIES,
}: NodeJS.ProcessEnv) {
  return { GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES }
}
