import type { ProjectConfig } from '../config/config.ts'
import type { Tree } from '../git/tree.ts'
import type { Problem } from '../lint/finding.ts'
import { draftFromConfig, draftFromFolder } from './draft.ts'
import type { Draft, Surroundings } from './draft.ts'
import { judgedDialect } from './judgedDialect.ts'
import { migrationFolders } from './layout.ts'
import { merged } from './merge.ts'
import { within } from './paths.ts'
import type { Project } from './project.ts'
import { readConfigs } from './readings.ts'
import type { Cache } from './readings.ts'
import { saysAnything } from './reading.ts'
import { isConfigName, isSkipped, scanTree } from './scan.ts'
import { configsInScripts } from './scripts.ts'

export interface DiscoveryOptions {
  /** Where readings of configs are kept between runs. */
  readonly cache?: Cache
  /**
   * The trees that the one under check is compared with. A migrations folder that only they have
   * (all of it was deleted) is found there.
   */
  readonly others?: readonly Tree[]
  /** Names of projects: a config, a migrations folder, or a folder above. Nothing else counts. */
  readonly only?: readonly string[]
}

export interface Discovery {
  readonly projects: readonly Project[]
  readonly problems: readonly Problem[]
}

/**
 * Finds the Drizzle projects of a tree: exactly those of our own configuration where it lists
 * them, else one for each migrations folder that a drizzle config names, else (no config at all)
 * one for each migrations folder there is. Configs are read, never run; folders of fixtures, tests
 * and templates are skipped unless asked for by name.
 *
 * @param tree - the tree under check
 * @param ours - `projects` of our own configuration
 * @returns nothing at all where there is nothing that looks like Drizzle
 */
export async function discoverProjects(
  tree: Tree,
  ours: readonly ProjectConfig[] | undefined,
  options: DiscoveryOptions = {}
): Promise<Discovery> {
  const { others = [], cache } = options
  const only = options.only?.map((name) => within('', name) ?? name)
  const scan = scanTree(tree, only)
  const elsewhere = others.map((other) => {
    let folders: ReadonlyMap<string, unknown> | undefined
    return (path: string): boolean =>
      (folders ??= migrationFolders(other.list('').map((file) => file.path))).has(path)
  })
  const surroundings: Surroundings = {
    scan,
    runFrom: configsInScripts(tree, scan.packages, scan.isFile),
    isFolder: [(path) => scan.folders.has(path), ...elsewhere],
  }
  const problems: Problem[] = []
  const drafts = (
    ours
      ? await listed(tree, ours, surroundings, cache)
      : await found(tree, surroundings, only ?? [], cache)
  ).filter((draft): draft is Draft => isDraft(draft) || (problems.push(draft), false))

  const groups = ours
    ? drafts.map((draft) => ({ draft, otherConfigs: [] }))
    : merged(drafts, (out) => surroundings.isFolder.some((has) => has(out)))
  const projects: Project[] = []
  for (const { draft, otherConfigs } of groups) {
    if (only && !only.some((name) => isNamed(draft, otherConfigs, name))) continue
    const dialect = judgedDialect(draft, [tree, ...others])
    if (typeof dialect === 'string') projects.push(toProject(draft, otherConfigs, dialect))
    else problems.push(dialect)
  }
  return { projects, problems: only ? problems.filter(concerns(only)) : problems }
}

async function listed(
  tree: Tree,
  ours: readonly ProjectConfig[],
  surroundings: Surroundings,
  cache: Cache | undefined
): Promise<(Draft | Problem)[]> {
  const { scan } = surroundings
  const configs = ours.flatMap(({ config }) => (config === undefined ? [] : [within('', config) ?? '']))
  const readings = await readConfigs(tree, [...new Set(configs)], scan.blob, cache)
  return ours.map((entry, i) => {
    if (entry.config === undefined) {
      const out = entry.out === undefined ? null : within('', entry.out)
      return out === null ? withoutFolder(i, entry.out) : draftFromFolder(out, entry)
    }
    const config = within('', entry.config) ?? ''
    const reading = readings.get(config)
    return reading
      ? draftFromConfig(config, reading, entry, surroundings)
      : {
          message: `projects[${i}].config names ${entry.config}, which ${tree.label} does not have.`,
          file: entry.config,
          help: 'Give the path of the drizzle config from the repository root, or set "out" instead.',
        }
  })
}

async function found(
  tree: Tree,
  surroundings: Surroundings,
  wanted: readonly string[],
  cache: Cache | undefined
): Promise<(Draft | Problem)[]> {
  const { scan, runFrom } = surroundings
  const counts = (path: string): boolean =>
    !isSkipped(path) || wanted.some((name) => path === name || path.startsWith(`${name}/`))
  const named = [...runFrom.keys()].filter(counts)
  const readings = await readConfigs(tree, [...new Set([...scan.configs, ...named])], scan.blob, cache)
  const drafts: (Draft | Problem)[] = []
  for (const [config, reading] of readings) {
    // Whatever else ends in .config beside the word drizzle is none of ours.
    if (!isConfigName(config) && !runFrom.has(config) && !saysAnything(reading)) continue
    drafts.push(draftFromConfig(config, reading, {}, surroundings))
  }
  if (drafts.length > 0) return drafts
  return [...scan.folders]
    .filter(([folder, layout]) => counts(`${folder}/`) && (layout === 'journal' || isDrizzle(folder)))
    .map(([folder]) => draftFromFolder(folder, {}))

  function isDrizzle(folder: string): boolean {
    return scan.snapshots.has(folder)
  }
}

function toProject(
  { name, config, out, schema, casing, unread, ours }: Draft,
  otherConfigs: readonly string[],
  dialect: Project['dialect']
): Project {
  return {
    name,
    config,
    otherConfigs,
    dialect,
    out,
    schema,
    casing,
    migrator: ours.migrator ?? 'drizzle',
    postgres: {
      version: ours.postgres?.version ?? null,
      timezone: ours.postgres?.timezone ?? 'UTC',
    },
    families: ours.families ?? ['sync', 'history', 'migration'],
    baseline: ours.baseline ?? null,
    smallTables: ours.smallTables ?? [],
    unread,
  }
}

function withoutFolder(i: number, out: string | undefined): Problem {
  return {
    message:
      out === undefined
        ? `projects[${i}] names neither a drizzle config nor a migrations folder.`
        : `projects[${i}].out (${out}) lies outside of the repository.`,
    file: null,
    help: `Set projects[${i}].out, or projects[${i}].config, in migration-lint.config.ts.`,
  }
}

function isDraft(draft: Draft | Problem): draft is Draft {
  return 'out' in draft
}

function isNamed(draft: Draft, otherConfigs: readonly string[], name: string): boolean {
  return [draft.name, draft.out, ...otherConfigs].some(
    (path) => path === name || path.startsWith(`${name}/`) || name === ''
  )
}

function concerns(only: readonly string[]): (problem: Problem) => boolean {
  return ({ file }) =>
    file === null || only.some((name) => file === name || file.startsWith(`${name}/`))
}
