import { join } from 'node:path'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { fixedPart } from '../drizzle/find/placement.ts'
import { LOCK_FILES } from '../drizzle/find/packageManager.ts'
import type { Project } from '../drizzle/find/project.ts'
import { configPathsInScripts } from '../drizzle/find/scripts.ts'
import {
  type RelevantPaths,
  pathspecsOf,
  removeRelevantPaths,
  writeRelevantPaths,
} from '../git/relevantPaths.ts'
import type { Tree } from '../git/tree.ts'
import type { CheckResult } from './result.ts'
import type { Target } from './target.ts'

/**
 * Where something may appear that makes a project or changes what one is: what `drizzle/scan.ts`
 * and `drizzle/layout.ts` look for, our own configuration, and what says which drizzle-kit,
 * drizzle-orm and migration-lint are installed.
 */
const ANYWHERE: readonly string[] = [
  '**/*.sql',
  '**/_journal.json',
  '**/snapshot.json',
  '**/migration_lock.toml',
  '**/*drizzle*.config.*',
  '**/*drizzle*/*.config.*',
  'migration-lint.config.*',
  ...['package.json', 'tsconfig*.json', 'jsconfig*.json', ...Object.keys(LOCK_FILES)].map(
    (name) => `**/${name}`,
  ),
]

const MODULE = /\.(?:[mc]?[jt]sx?|json)$/

/** What a check was about. */
interface Seen {
  /** Our own configuration's, if there is one. */
  readonly configFile: string | null
  readonly projects: readonly Project[]
  /** What was looked at to find the projects. */
  readonly asked: ReadonlySet<string>
  /** What else the outcome depended on, see `FamilyResult.watched`; null where that is not known. */
  readonly watched: readonly string[] | null
  /** Of the hook that asks; empty where none does. */
  readonly hookVersion: string
  /** Whether more is checked when pushing. */
  readonly commitsOnly: boolean
}

/**
 * Tells the hook which commits need no check: those that leave everything this one depended on as
 * it is in HEAD. Nothing is told where a check did not go through, or where it was made for a
 * commit that changes some of that: HEAD does not have it yet.
 *
 * Only `--staged` tells: the working directory is no commit, and the list would miss what a
 * checked out config or schema names that an edited one does not.
 */
export function leaveRelevantPaths(
  { root, gitDir, index, after, touched }: Target,
  { problems }: CheckResult,
  seen: Seen,
): void {
  if (index === null || gitDir === null) return
  const relevant = problems.length > 0 ? null : relevantPaths(root, after, seen)
  if (relevant === null) return removeRelevantPaths(gitDir)
  // Spares asking git in most commits it would say no to.
  const isRelevant = (path: string) => path.endsWith('.sql') || seen.asked.has(path)
  if (touched !== null && [...touched].some(isRelevant)) return
  const pathspecs = pathspecsOf(relevant)
  if (index.head !== null && !index.stages(pathspecs)) {
    writeRelevantPaths(gitDir, index.head, pathspecs, seen.hookVersion, seen.commitsOnly)
  }
}

/**
 * Everything git knows that the outcome of a check depended on.
 *
 * @param after - the tree that was checked
 * @returns null where it cannot be told
 */
function relevantPaths(
  root: string,
  after: Tree,
  { configFile, asked, projects, watched }: Seen,
): RelevantPaths | null {
  if (configFile !== null && importsOthers(join(root, configFile))) return null
  if (watched === null) return null
  const packages = after.list('').flatMap(({ path }) => (isPackage(path) ? [path] : []))
  const named = configPathsInScripts(after, packages)
  return {
    globs: ANYWHERE,
    modules: watched.filter((path) => MODULE.test(path) && !isPackage(path)),
    paths: [
      // Read, but found by their names anyway.
      ...[...asked].filter((path) => !isPackage(path) && !path.endsWith('.sql')),
      ...named,
      ...(configFile === null ? [] : [configFile]),
      ...projects.flatMap(({ config, otherConfigs, out, schema }) => [
        ...(config === null ? [] : [config]),
        ...otherConfigs,
        out,
        ...schema.map(fixedPart),
      ]),
      ...watched.filter((path) => !MODULE.test(path)),
    ],
  }
}

function isPackage(path: string): boolean {
  return path === 'package.json' || path.endsWith('/package.json')
}

/** Whether a configuration stands on other files, of which nothing is known here. */
function importsOthers(file: string): boolean {
  try {
    return /['"]\.\.?\//.test(readRegularFile(file).toString('utf8')) && !file.endsWith('.json')
  } catch {
    return true
  }
}
