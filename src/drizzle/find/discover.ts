import type { ProjectConfig } from '../../config/config.ts'
import type { Tree } from '../../git/tree.ts'
import type { Problem } from '../../finding/finding.ts'
import type { Draft, DraftContext } from './draft.ts'
import { found, listed } from './drafts.ts'
import { dialectSpelled } from '../../dialects/registry.ts'
import { judgedDialect } from './judgedDialect.ts'
import { migrationFolders } from '../migrations/layout.ts'
import { merged } from './merge.ts'
import type { Merged } from './merge.ts'
import { within } from './paths.ts'
import type { Project } from './project.ts'
import type { Cache } from './readings.ts'
import { type LeftOut, skipped, unlisted } from './leftOut.ts'
import { isBelow, scanTree } from './scan.ts'
import { configsInScripts } from './scripts.ts'

export interface DiscoveryOptions {
  /** Where readings of configs are kept between runs. */
  readonly cache?: Cache
  /**
   * The trees that the one under check is compared with. A migrations folder that only they have
   * (all of it was deleted) is found there.
   */
  readonly others?: readonly Tree[]
  /**
   * Runs a config that its text does not tell enough about.
   *
   * @param folder - where drizzle-kit is run
   */
  readonly evaluate?: DraftContext['evaluate']
  /** Names of projects: a config, a migrations folder, or a folder above. Nothing else counts. */
  readonly only?: readonly string[]
}

export interface Discovery {
  readonly projects: readonly Project[]
  /** What is or looks like a project and is not looked at. */
  readonly leftOut: readonly LeftOut[]
  readonly problems: readonly Problem[]
}

/**
 * Finds the Drizzle projects of a tree: exactly those of our own configuration where it lists
 * them, else one for each migrations folder that a drizzle config names or that lies in the tree.
 * Configs are read, never run; folders of fixtures, tests and templates are skipped unless asked
 * for by name.
 *
 * @param tree - the tree under check
 * @param ours - `projects` of our own configuration
 * @returns nothing at all where there is nothing that looks like Drizzle
 */
export async function discoverProjects(
  tree: Tree,
  ours: readonly ProjectConfig[] | undefined,
  options: DiscoveryOptions = {},
): Promise<Discovery> {
  const { others = [], cache } = options
  const only = options.only?.map((name) => within('', name) ?? name)
  const scan = scanTree(tree, only)
  const elsewhere = others.map((other) => {
    let folders: ReadonlyMap<string, unknown> | undefined
    return (path: string): boolean =>
      (folders ??= migrationFolders(other.list('').map((file) => file.path))).has(path)
  })
  const context: DraftContext = {
    scan,
    runFrom: configsInScripts(tree, scan.packages, scan.isFile),
    isFolder: [(path) => scan.folders.has(path), ...elsewhere],
    evaluate: options.evaluate ?? (() => Promise.resolve(null)),
  }
  const drafts: Draft[] = []
  const problems: Problem[] = []
  const all = ours
    ? await listed(tree, ours, context, cache)
    : await found(tree, context, only ?? [], cache)
  for (const draft of all) {
    if ('out' in draft) drafts.push(draft)
    else problems.push(draft)
  }

  const groups = ours
    ? drafts.map((draft) => ({ draft, otherConfigs: [] }))
    : merged(drafts, (out) => context.isFolder.some((has) => has(out)))
  const isWanted = ({ draft, otherConfigs }: Merged): boolean =>
    !only || [draft.name, draft.out, ...otherConfigs].some((name) => isBelow(name, only))
  const wanted = groups.filter(isWanted)
  const projects: Project[] = []
  for (const { draft, otherConfigs } of wanted) {
    const dialect = await dialectOf(draft, [tree, ...others], context)
    if (typeof dialect === 'string') projects.push(toProject(draft, otherConfigs, dialect))
    else problems.push(dialect)
  }
  const concerns = ({ file }: Problem): boolean => !only || file === null || isBelow(file, only)
  const concerning = problems.filter(concerns)
  if (only && wanted.length === 0 && concerning.length === 0) {
    concerning.push(unknownName(only, groups))
  }
  const left = [
    ...groups
      .filter((group) => !isWanted(group))
      .map(({ draft }): LeftOut => ({ name: draft.name, reason: '--project' })),
    ...(ours ? unlisted(scan, drafts) : only ? [] : skipped(scan)),
  ]
  return { projects, leftOut: left, problems: concerning }
}

async function dialectOf(
  draft: Draft,
  trees: readonly Tree[],
  { evaluate }: DraftContext,
): Promise<Project['dialect'] | Problem> {
  const dialect = judgedDialect(draft, trees)
  if (typeof dialect === 'string' || draft.config === null) return dialect
  const reading = await evaluate(draft.config, draft.folder)
  return reading === null ? dialect : judgedDialect({ ...draft, reading }, trees)
}

function unknownName(only: readonly string[], groups: readonly Merged[]): Problem {
  const names = groups.map(({ draft }) => draft.name)
  return {
    message: `No Drizzle project is named ${only.join(', ')}.`,
    file: null,
    help:
      names.length > 0
        ? `There are: ${names.join(', ')}.`
        : 'Give the path of a drizzle config or of a migrations folder.',
  }
}

function toProject(
  { name, config, folder, out, schema, casing, unread, reading, ours }: Draft,
  otherConfigs: readonly string[],
  dialect: Project['dialect'],
): Project {
  return {
    name,
    config,
    otherConfigs,
    dialect,
    schemaDialect:
      ours.dialect ??
      (reading?.dialect.kind === 'value' ? dialectSpelled(reading.dialect.value) : null),
    folder,
    out,
    schema,
    casing,
    prefix: reading?.prefix.kind === 'value' ? reading.prefix.value : null,
    bookkeeping: {
      table: reading?.migrationsTable.kind === 'value' ? reading.migrationsTable.value : null,
      schema: reading?.migrationsSchema.kind === 'value' ? reading.migrationsSchema.value : null,
    },
    filters: {
      tables: reading?.tablesFilter.kind === 'value' ? reading.tablesFilter.value : null,
      schemas: reading?.schemaFilter.kind === 'value' ? reading.schemaFilter.value : null,
    },
    breakpoints: reading?.breakpoints.kind === 'value' ? reading.breakpoints.value : null,
    client: ours.driver ?? null,
    driver: reading?.driver.kind === 'value' ? reading.driver.value : null,
    absoluteOut: reading?.out.kind === 'value' && reading.out.value.from === 'root',
    migrator: ours.migrator ?? 'drizzle',
    postgres: {
      version: ours.postgres?.version ?? null,
      timezone: ours.postgres?.timezone ?? 'UTC',
    },
    mysql: { product: ours.mysql?.product ?? null, version: ours.mysql?.version ?? null },
    families: ours.families ?? ['sync', 'history', 'migration'],
    baseline: ours.baseline ?? null,
    smallTables: ours.smallTables ?? [],
    smallBelow: ours.smallBelow ?? null,
    downtime: ours.downtime ?? null,
    unread,
  }
}
