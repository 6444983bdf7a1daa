import { resolve } from 'node:path'
import { relativePath } from '../finding/relativePath.ts'
import type { Config } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { projectsIn } from '../config/projectsIn.ts'
import { type DiscoveryOptions, discoverProjects } from '../drizzle/find/discover.ts'
import type { Project } from '../drizzle/find/project.ts'
import { stopSignal } from '../drizzle/kit/stopSignal.ts'
import { realFolder } from '../git/checkout.ts'
import { recordingTree } from '../git/recordingTree.ts'
import type { Tree } from '../git/tree.ts'
import type { Finding, Problem } from '../finding/finding.ts'
import type { CheckResult } from './result.ts'
import { openStore } from '../cache/store.ts'
import { Engines } from './engines.ts'
import { ProblemError } from '../finding/problem.ts'
import type { ProjectResult, Run } from './families.ts'
import { checkMigrations } from './migrations/checkMigrations.ts'
import { unreadProblems } from './sync/unreadSchemas.ts'
import { unknownAcknowledgements } from './migrations/ineffective.ts'
import { checkProject } from './project.ts'
import { wholeAccount } from './account.ts'
import { DeployedProjects } from './deployedProjects.ts'
import { ProjectReading } from './projectReading.ts'
import { type Vanished, vanishedProjects } from './vanished.ts'
import { projectsInScope } from './workingDirectory.ts'
import { type Rulebook, withPlugins } from './rulebook.ts'
import { leaveRelevantPaths } from './relevantPaths.ts'
import { type Target, targetOf } from './target.ts'
import type { CheckOptions } from './options.ts'
import { envFilesOf, openRun } from './openRun.ts'
import { findPlaces } from './places.ts'
import { checkTogether, mayBeShared } from './threads/team.ts'
import type { Threads } from './threads/share.ts'

/**
 * Judges what is pending in every Drizzle project of a repository.
 *
 * @param ours - the rules that may run; those of the configuration's plugins come with it
 * @param given - a configuration to use instead of the repository's
 * @param migrations - what judges the SQL that is pending
 * @param threads - share the work where it is much; what they judge has neither timelines nor outlines
 * @throws ProblemError if nothing can be judged at all: no git where it is needed, an unknown base, a
 *   broken configuration, no Drizzle project
 */
export async function check(
  options: CheckOptions,
  ours: Rulebook,
  given?: Config,
  migrations: Run['migrations'] = checkMigrations,
  threads: Threads | null = null,
): Promise<CheckResult> {
  const { root } = findPlaces(options.cwd, options.env)
  const { config, source } = given
    ? { config: given, source: null }
    : await loadConfig(root, options.config, ours.all)
  const rules = withPlugins(ours, config)
  const target = await targetOf(options, config)
  const store = openStore(target.root, target.gitDir)
  let configsWereRun = false
  // What is looked at later lies in the migrations folders, or is what the schema is made of.
  const recorded = recordingTree(target.after)
  const discoveryIn = (tree: Tree): DiscoveryOptions => ({
    ...(store ? { cache: store } : {}),
    evaluate: async (file, folder) => {
      configsWereRun = true
      const { evaluateConfig } = await import('../drizzle/kit/evaluateConfig.ts')
      return evaluateConfig(target.root, tree, file, folder, store, envFilesOf(config))
    },
  })
  const discovery = await discoverProjects(recorded, config.projects, {
    ...discoveryIn(target.after),
    others: target.deployed ? [target.deployed] : [],
    ...(options.projects.length > 0 ? { only: relativeNames(options, target.root) } : {}),
  })
  if (discovery.projects.length + discovery.problems.length === 0) {
    const before = deployedProjectsOf(target, config, source, discoveryIn)
    if (!isHook(options) || config.projects || (await before?.all())?.length) throw noProject()
    return { ...combine(target, [], []), notices: [NOTHING_HERE], withoutSql: true }
  }
  const engines = new Engines(store)
  const run = openRun(options, {
    config,
    rules,
    target,
    store,
    engines,
    deployedProjects: deployedProjectsOf(target, config, source, discoveryIn),
    migrations,
  })
  const named = target.files && new Set(target.files)
  const looked = projectsInScope(discovery.projects, options, target.root)
  const readings: ProjectReading[] = []
  const results: ProjectResult[] = []
  if (threads && mayBeShared(run, options, config)) {
    readings.push(...looked.map((project) => new ProjectReading(run, project)))
    results.push(...(await checkTogether(run, engines, readings, { options, config }, threads)))
  } else {
    for (const project of looked) {
      if (named && !holds(target.after, project, named)) continue
      stopSignal()?.throwIfAborted()
      const reading = new ProjectReading(run, project)
      readings.push(reading)
      results.push(await checkProject(run, reading))
      engines.finish(reading)
      reading.forget()
      for (const file of named ?? []) if (isMigration(reading, file)) named?.delete(file)
    }
  }
  const vanished = await vanishedFrom(run, discovery.projects, readings)
  const problems = [...discovery.problems, ...vanished.flatMap(({ problem }) => problem ?? [])]
  const result: CheckResult = {
    ...combine(target, results, [...problems, ...unclaimed(named ?? [])]),
    rules: rules.all,
    projects: [
      ...results.map(({ account }) => account),
      ...discovery.projects
        .filter((project) => !looked.includes(project))
        .map(({ name }) => wholeAccount(name, { state: 'off', reason: 'the working directory' })),
      ...discovery.leftOut.map(({ name, reason }) => wholeAccount(name, { state: 'off', reason })),
      ...discovery.problems.flatMap(({ file, message }) =>
        file === null ? [] : [wholeAccount(file, { state: 'not-compared', reason: message })],
      ),
      ...vanished.map(({ project, problem }) =>
        wholeAccount(
          project.name,
          problem === null
            ? { state: 'nothing', reason: 'its config is gone' }
            : { state: 'not-compared', reason: 'its config is gone' },
        ),
      ),
    ],
    downtimeOpen: looked.flatMap(({ name, downtime }) => (downtime === null ? [name] : [])),
    notices: [
      ...(isHook(options) ? [] : unknownAccepted(config, discovery.projects, readings)),
      ...results.flatMap(({ notices }) => notices),
      ...vanished.flatMap(({ project, problem }) =>
        problem === null ? [`${project.name} is gone, with its schema and its migrations.`] : [],
      ),
    ],
  }
  if (given === undefined && isWhole(options)) {
    leaveRelevantPaths(target, result, {
      hookVersion: options.env.MIGRATION_LINT_HOOK_VERSION ?? '',
      configFile: source,
      asked: recorded.asked,
      projects: discovery.projects,
      // What a config that is run depends on is not known here.
      watched: configsWereRun ? null : watchedBy(results),
      commitsOnly: typeof config.sync === 'object' && config.sync.at === 'push',
    })
  }
  return options.only?.includes('migration') === false ? { ...result, withoutSql: true } : result
}

function watchedBy(results: readonly ProjectResult[]): readonly string[] | null {
  const known = results.flatMap(({ watched }) => (watched === null ? [] : [watched]))
  return known.length === results.length ? known.flat() : null
}

/** Whether it was asked for all there is, as the hook asks. */
function isWhole({ projects, only, config }: CheckOptions): boolean {
  return projects.length === 0 && only === null && config === null
}

/** The projects of what production has, each by the config that production has. */
function deployedProjectsOf(
  { deployed }: Target,
  config: Config,
  source: string | null,
  discoveryIn: (tree: Tree) => DiscoveryOptions,
): DeployedProjects | null {
  if (deployed === null) return null
  return new DeployedProjects(async () => {
    const ours = source === null ? undefined : await projectsIn(deployed, source, config)
    const { projects } = await discoverProjects(deployed, ours, discoveryIn(deployed))
    return projects
  })
}

/** Acknowledgements of migrations that are nowhere; where some project was not read nobody can tell. */
function unknownAccepted(
  { acknowledged = [] }: Config,
  projects: readonly Project[],
  readings: readonly ProjectReading[],
): readonly string[] {
  if (acknowledged.length === 0 || readings.length < projects.length) return []
  const folders = readings.map((reading) => reading.folderIfReadable)
  if (folders.includes(null)) return []
  const known = folders.flatMap((folder) => [...folder!.migrations, ...folder!.missing])
  return unknownAcknowledgements(acknowledged, new Set(known.map(({ name }) => name)))
}

/** What decides which projects there are. */
const MAKES_PROJECTS = /(?:^|\/)package\.json$|\.config\.[^/]+$/

/** The projects that production has and this tree has not, if anything that makes them has changed. */
async function vanishedFrom(
  run: Run,
  projects: readonly Project[],
  readings: readonly ProjectReading[],
): Promise<readonly Vanished[]> {
  const { deployed, deployedProjects, touched } = run
  if (deployed === null || deployedProjects === null || run.syncOff !== null) return []
  if (run.only?.includes('sync') === false) return []
  if (touched !== null && ![...touched].some((path) => MAKES_PROJECTS.test(path))) return []
  const moved = readings.flatMap((reading) => {
    try {
      return reading.project.config === null ? [] : [reading.folderIn(deployed).path]
    } catch (error) {
      if (error instanceof ProblemError) return []
      throw error
    }
  })
  const before = await deployedProjects.all()
  return vanishedProjects(run.root, run.after, before, projects, new Set(moved))
}

/** Files that were named but that no migrator would run. */
function unclaimed(files: Iterable<string>): readonly Problem[] {
  return [...files].map((file) => ({
    message: `${file} is in no journal, so no migrator will run it and it was not judged`,
    file,
    help: 'Name migrations that a journal lists; drizzle-kit generate --custom makes one for SQL of your own.',
  }))
}

/** `--project` is given relative to the working directory; projects are named from the root. */
function relativeNames(options: CheckOptions, root: string): readonly string[] {
  return options.projects.map((name) => relativePath(root, realFolder(resolve(options.cwd, name))))
}

function holds(tree: Tree, project: Project, files: ReadonlySet<string>): boolean {
  return tree.list(project.out).some(({ path }) => files.has(path))
}

/** Whether a project's migrator runs a file. */
function isMigration(reading: ProjectReading, path: string): boolean {
  try {
    return reading.folder.migrations.some(({ file }) => file === path)
  } catch (error) {
    if (error instanceof ProblemError) return false
    throw error
  }
}

/**
 * A hook must not stop every commit of a repository that has no Drizzle project and never had one: one
 * around a submodule that has it, or another one below a global core.hooksPath.
 */
const NOTHING_HERE =
  'migration-lint: this repository has no Drizzle project, so nothing was checked. A submodule needs the hook itself.'

function isHook({ selection, projects }: CheckOptions): boolean {
  return ['staged', 'pushed'].includes(selection.kind) && projects.length === 0
}

function noProject(): ProblemError {
  return new ProblemError({
    message: 'no Drizzle project found: neither a drizzle config nor a migrations folder',
    file: null,
    help: 'Run it in the project (or give --cwd), or name the migrations folder in the configuration: projects: [{ out: "…" }].',
  })
}

function combine(
  target: Target,
  results: readonly ProjectResult[],
  problems: readonly Problem[],
): CheckResult {
  const total = (key: keyof ProjectResult['counts']) =>
    results.reduce((sum, { counts }) => sum + counts[key], 0)
  const findings = results.flatMap((result) => result.findings)
  return {
    findings: [...findings].sort(byPlace),
    problems: [
      ...problems,
      ...unreadProblems(results.flatMap(({ unread }) => unread)),
      ...results.flatMap((result) => result.problems),
    ],
    counts: {
      migrationsJudged: total('migrationsJudged'),
      migrationsDeployed: total('migrationsDeployed'),
      orphans: total('orphans'),
      statements: total('statements'),
      unmodelled: total('unmodelled'),
    },
    uncompared: results.flatMap(({ uncompared }) => uncompared),
    orphanFiles: results.flatMap(({ orphanFiles }) => orphanFiles),
    waysBack: results.flatMap(({ waysBack }) => waysBack),
    ranOn: [...new Set(results.flatMap(({ ranOn }) => ranOn ?? []))],
    timelines: () => results.flatMap(({ timelines }) => timelines()),
    outlines: () => results.flatMap(({ outlines }) => outlines()),
    comparedWith: target.comparedWith,
    text: (file) => target.after.read(file)?.toString('utf8'),
  }
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return (a.range?.start ?? 0) - (b.range?.start ?? 0)
}
