import { relative, resolve, sep } from 'node:path'
import type { Config } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { discoverProjects } from '../drizzle/find/discover.ts'
import type { Project } from '../drizzle/find/project.ts'
import { realFolder } from '../git/checkout.ts'
import { recordingTree } from '../git/recordingTree.ts'
import type { Tree } from '../git/tree.ts'
import { dialectOf } from '../dialects/registry.ts'
import type { Finding, Problem } from '../finding/finding.ts'
import type { CheckResult } from './result.ts'
import { activeRules } from '../lint/settings.ts'
import { openStore } from '../cache/store.ts'
import { ProblemError } from '../finding/problem.ts'
import type { ProjectResult, Run } from './families.ts'
import { checkProject } from './project.ts'
import type { Rulebook } from './rulebook.ts'
import { leaveRelevantPaths } from './relevantPaths.ts'
import { type Target, targetOf } from './target.ts'
import type { CheckOptions } from './options.ts'
import { findPlaces } from './places.ts'

/**
 * Judges what is pending in every Drizzle project of a repository.
 *
 * @param rules - those that may run
 * @param given - a configuration to use instead of the repository's
 * @throws ProblemError if nothing can be judged at all: no git where it is needed, an unknown base, a
 *   broken configuration, no Drizzle project
 */
export async function check(
  options: CheckOptions,
  rules: Rulebook,
  given?: Config,
): Promise<CheckResult> {
  const { root } = findPlaces(options.cwd, options.env)
  const { config, source } = given
    ? { config: given, source: null }
    : await loadConfig(root, options.config, rules.all)
  const target = await targetOf(options, config)
  const store = openStore(target.root, target.gitDir)
  let configsWereRun = false
  // What is looked at later lies in the migrations folders, or is what the schema is made of.
  const recorded = recordingTree(target.after)
  const discovery = await discoverProjects(recorded, config.projects, {
    others: target.deployed ? [target.deployed] : [],
    ...(store ? { cache: store } : {}),
    evaluate: async (file, folder) => {
      configsWereRun = true
      const { evaluateConfig } = await import('../drizzle/kit/evaluateConfig.ts')
      return evaluateConfig(target.root, target.after, file, folder, store)
    },
    ...(options.projects.length > 0 ? { only: relativeNames(options, target.root) } : {}),
  })
  if (discovery.projects.length + discovery.problems.length === 0) throw noProject()
  const run: Run = {
    root: target.root,
    gitDir: target.gitDir,
    only: options.only,
    after: target.after,
    deployed: target.deployed,
    target: target.target,
    split: target.split,
    rules: rules.migration,
    active: {
      sync: isSyncWanted(options, config) ? activeRules(rules.sync, config) : [],
      history: activeRules(rules.history, config),
      snapshot: activeRules(rules.snapshot, config),
      migration: activeRules(rules.migration, config),
    },
    claimed: new Set(),
    acknowledged: config.acknowledged ?? [],
    store,
    touched: target.touched,
    engineOf: (dialect) => dialectOf(dialect).sql?.load() ?? null,
  }
  const results: ProjectResult[] = []
  const problems: Problem[] = [...discovery.problems]
  for (const project of discovery.projects) {
    if (target.files?.size === 0) break
    if (target.files && !holds(target.after, project, target.files)) continue
    results.push(await checkProject(run, project))
  }
  const result = combine(target, results, [...problems, ...unclaimed(target)])
  if (given === undefined && isWhole(options)) {
    leaveRelevantPaths(target, result, {
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

/** Teams that commit the schema first and its migration next compare when they push. */
function isSyncWanted({ selection, only }: CheckOptions, { sync }: Config): boolean {
  if (sync === 'off') return false
  if (selection.kind === 'staged') return sync?.at !== 'push'
  if (selection.kind === 'pushed') return true
  // Who names migrations asks about these, unless they say what they ask about.
  return (
    selection.kind === 'default' || selection.kind === 'base' || only?.includes('sync') === true
  )
}

/** Files that were named but that no migrator would run. */
function unclaimed({ files }: Target): readonly Problem[] {
  return [...(files ?? [])].map((file) => ({
    message: `${file} is in no journal, so no migrator will run it and it was not judged`,
    file,
    help: 'Name migrations that a journal lists; drizzle-kit generate --custom makes one for SQL of your own.',
  }))
}

/** `--project` is given relative to the working directory; projects are named from the root. */
function relativeNames(options: CheckOptions, root: string): readonly string[] {
  return options.projects.map((name) =>
    relative(root, realFolder(resolve(options.cwd, name)))
      .split(sep)
      .join('/'),
  )
}

function holds(tree: Tree, project: Project, files: ReadonlySet<string>): boolean {
  return tree.list(project.out).some(({ path }) => files.has(path))
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
    problems: [...problems, ...results.flatMap((result) => result.problems)],
    counts: {
      migrationsJudged: total('migrationsJudged'),
      migrationsDeployed: total('migrationsDeployed'),
      orphans: total('orphans'),
      statements: total('statements'),
      unmodelled: total('unmodelled'),
    },
    uncompared: results.flatMap(({ uncompared }) => uncompared),
    comparedWith: target.comparedWith,
    text: (file) => target.after.read(file)?.toString('utf8'),
  }
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return (a.range?.start ?? 0) - (b.range?.start ?? 0)
}
