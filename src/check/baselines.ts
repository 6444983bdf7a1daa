import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Config, ProjectConfig } from '../config/config.ts'
import { setJson } from '../json/edit.ts'
import { PACKAGE_KEY } from '../config/find.ts'
import { loadConfig } from '../config/load.ts'
import { discoverProjects } from '../drizzle/find/discover.ts'
import type { Project } from '../drizzle/find/project.ts'
import { ProblemError } from '../finding/problem.ts'
import { replaceFile } from '../cache/replaceFile.ts'
import { check } from './check.ts'
import { ProjectReading } from './projectReading.ts'
import { isInBaseline } from './baseline.ts'
import { type Target, targetOf } from './target.ts'
import type { CheckOptions } from './options.ts'
import { findPlaces } from './places.ts'
import type { Rulebook } from './rulebook.ts'

/** The baseline of one project and what it sets aside. */
export interface ProjectBaseline {
  readonly project: string
  readonly baseline: string
  /** Findings at or before it, by rule; the most frequent first. */
  readonly setAside: readonly (readonly [rule: string, count: number])[]
}

export interface Baselines {
  readonly projects: readonly ProjectBaseline[]
  /** Why a project has none. */
  readonly skipped: readonly string[]
  /** The configuration, relative to the root. */
  readonly file: string
  /** What to write there by hand, where it is a module; null where it was written. */
  readonly lines: string | null
}

const FILE = 'migration-lint.config.json'

/**
 * Draws a line under the past: sets every project's baseline to its newest deployed migration, or to
 * its last one where git cannot tell what is deployed, and writes that into the configuration.
 *
 * A configuration in TypeScript or JavaScript is not edited, because it may be a program.
 *
 * @param rules - those that may run
 * @throws ProblemError as `check` does, and where there is nothing to set aside
 */
export async function drawBaselines(options: CheckOptions, rules: Rulebook): Promise<Baselines> {
  const { root } = findPlaces(options.cwd, options.env)
  const { config, source } = await loadConfig(root, options.config, rules.all)
  const { found, skipped, projects } = await findBaselines(options, rules, config)
  if (found.length === 0) throw nothingDeployed(skipped)
  const entries = entriesOf(config.projects ?? [], projects, found)
  const file = source ?? FILE
  if (!file.endsWith('.json')) return { projects: found, skipped, file, lines: asCode(entries) }
  edit(join(root, file), source === null ? '{}\n' : null, entries, config.projects !== undefined)
  return { projects: found, skipped, file, lines: null }
}

/**
 * The newest deployed migration of every project, and what findings are at or before it.
 *
 * @throws ProblemError as `check` does
 */
export async function findBaselines(
  options: CheckOptions,
  rules: Rulebook,
  config: Config,
): Promise<{
  readonly found: readonly ProjectBaseline[]
  readonly skipped: readonly string[]
  readonly projects: readonly Project[]
}> {
  const { root } = findPlaces(options.cwd, options.env)
  const target = await deployedOrAll(options, config)
  const { projects, problems } = await discoverProjects(target.after, config.projects)
  const [problem] = problems
  if (problem) throw new ProblemError(problem)
  const plain = withoutBaselines(config)
  const everywhere = options.projects.length > 0 ? {} : { cwd: root }
  const judged = await check(
    // A list of projects in the configuration is a list of all of them.
    { ...options, ...everywhere, selection: { kind: 'all' }, only: null },
    rules,
    plain,
  )
  const found: ProjectBaseline[] = []
  const skipped: string[] = []
  for (const project of projects) {
    const reading = new ProjectReading(target, project)
    const { folder } = reading
    const name = newest(target, reading)
    if (name === null) {
      skipped.push(`${project.name} has no deployed migration`)
      continue
    }
    const counts = new Map<string, number>()
    for (const finding of judged.findings) {
      if (finding.project !== project.name || finding.suppressed) continue
      if (!isInBaseline({ since: null }, { ...project, baseline: name }, folder, finding)) continue
      counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1)
    }
    const setAside = [...counts].sort(([, a], [, b]) => b - a)
    found.push({ project: project.name, baseline: name, setAside })
  }
  return { found, skipped, projects }
}

async function deployedOrAll(options: CheckOptions, config: Config): Promise<Target> {
  try {
    const selection =
      options.selection.kind === 'base' ? options.selection : { kind: 'default' as const }
    return await targetOf({ ...options, selection }, config)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return targetOf({ ...options, selection: { kind: 'all' } }, config)
  }
}

function newest({ deployed }: Target, { folder, split }: ProjectReading): string | null {
  if (deployed === null) return folder.migrations.at(-1)?.name ?? null
  const names = new Set(split.deployed.map(({ name }) => name))
  return folder.migrations.findLast(({ name }) => names.has(name))?.name ?? null
}

/** What is set aside must not depend on what was set aside before. */
function withoutBaselines({ projects, ...config }: Config): Config {
  return projects === undefined
    ? config
    : { ...config, projects: projects.map(({ baseline: _, ...project }) => project) }
}

/** The configuration's list of projects with the baselines in it; all projects where it has none. */
function entriesOf(
  listed: readonly ProjectConfig[],
  projects: readonly Project[],
  found: readonly ProjectBaseline[],
): readonly ProjectConfig[] {
  const known = new Map(found.map((one) => [one.project, one.baseline]))
  const own = (name: string): ProjectConfig => {
    const baseline = known.get(name)
    return baseline === undefined ? {} : { baseline }
  }
  if (listed.length === 0) {
    return projects.map(({ name, config, out }) => ({
      ...(config === null ? { out } : { config }),
      ...own(name),
    }))
  }
  // The projects of a configuration come in the order of its list.
  return listed.map((entry) => {
    const project = projects.find(({ config, out }) =>
      entry.config === undefined ? same(entry.out, out) : same(entry.config, config ?? ''),
    )
    return project ? { ...entry, ...own(project.name) } : entry
  })
}

function same(a: string | undefined, b: string): boolean {
  return a?.replace(/^\.\//, '').replace(/\/$/, '') === b
}

function edit(
  path: string,
  fresh: string | null,
  entries: readonly ProjectConfig[],
  hasList: boolean,
): void {
  let text = fresh ?? readFileSync(path, 'utf8')
  const top = basename(path) === 'package.json' ? [PACKAGE_KEY] : []
  if (!hasList) text = setJson(text, [...top, 'projects'], entries)
  else {
    for (const [i, { baseline }] of entries.entries()) {
      if (baseline !== undefined)
        text = setJson(text, [...top, 'projects', i, 'baseline'], baseline)
    }
  }
  replaceFile(path, Buffer.from(text))
}

function asCode(entries: readonly ProjectConfig[]): string {
  const lines = entries.map((entry) => {
    const keys = Object.entries(entry).map(([key, value]) => `${key}: ${literal(value)}`)
    return `  { ${keys.join(', ')} },`
  })
  return ['projects: [', ...lines, '],'].join('\n')
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}

function nothingDeployed(skipped: readonly string[]): ProblemError {
  return new ProblemError({
    message: `there is nothing to set aside: ${skipped.join('; ') || 'no Drizzle project found'}`,
    file: null,
    help: 'A baseline is for migrations that production has; what is pending is judged.',
  })
}
