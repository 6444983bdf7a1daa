import type { ProjectConfig } from '../../config/config.ts'
import type { Tree } from '../../git/tree.ts'
import type { Problem } from '../../finding/finding.ts'
import { draftFromConfig, draftFromFolder } from './draft.ts'
import type { Draft, DraftContext } from './draft.ts'
import { below } from '../migrations/layout.ts'
import { within } from './paths.ts'
import { readConfigs } from './readings.ts'
import type { Cache } from './readings.ts'
import { readJson } from './readConfig.ts'
import { flaggedCalls } from './scripts.ts'
import { saysAnything } from './reading.ts'
import { isBelow, isConfigName, isSkipped } from './scan.ts'

/** The projects that our own configuration lists, and nothing else. */
export async function listed(
  tree: Tree,
  ours: readonly ProjectConfig[],
  context: DraftContext,
  cache: Cache | undefined,
): Promise<(Draft | Problem)[]> {
  const { scan } = context
  const configs = ours.flatMap(({ config }) => (config ? [within('', config) ?? config] : []))
  const readings = await readConfigs(tree, [...new Set(configs)], scan, cache)
  const draftOf = async (entry: ProjectConfig, i: number): Promise<Draft | Problem> => {
    if (entry.config === undefined) {
      const out = entry.out === undefined ? null : within('', entry.out)
      return out === null ? withoutFolder(i, entry.out) : draftFromFolder(out, entry)
    }
    const config = within('', entry.config) ?? entry.config
    const reading = readings.get(config)
    if (reading) {
      return draftFromConfig(config, reading, entry, context)
    }
    return {
      message: `projects[${i}].config names ${config}, which is not in ${tree.label}.`,
      file: config,
      help: `Give its path from the repository root, or set projects[${i}].out instead.`,
    }
  }
  const drafts = ours.map(async (entry, i) => {
    const draft = await draftOf(entry, i)
    if (entry.out === undefined || !('out' in draft)) return draft
    const { out } = draft
    return context.isFolder.some((has) => has(out)) ? draft : withoutMigrations(i, out)
  })
  return Promise.all(drafts)
}

/** Nobody lists a folder that has nothing yet; a misspelt one would always be clean. */
function withoutMigrations(i: number, out: string): Problem {
  return {
    message: `projects[${i}].out names ${out}, where there are no Drizzle migrations.`,
    file: out,
    help: `Give the path of the migrations folder from the repository root.`,
  }
}

/**
 * The projects that drizzle configs speak of, and the migrations folders that no config claims:
 * some projects migrate without drizzle-kit, and a config that names another folder once the
 * environment is set must not hide the rest. No schema is known of those, so sync has no say.
 *
 * @param wanted - paths that count even where others are skipped
 */
export async function found(
  tree: Tree,
  context: DraftContext,
  wanted: readonly string[],
  cache: Cache | undefined,
): Promise<(Draft | Problem)[]> {
  const { scan, runFrom } = context
  const counts = (path: string): boolean => !isSkipped(path) || isBelow(path, wanted)
  const named = [...runFrom.keys()].filter(counts)
  const configs = [...new Set([...scan.configs, ...named])].sort()
  const readings = await readConfigs(tree, configs, scan, cache)
  const drafts: (Draft | Problem)[] = []
  for (const config of configs) {
    const reading = readings.get(config)
    if (!reading) continue
    // Whatever else ends in .config beside the word drizzle is none of ours.
    if (!isConfigName(config) && !runFrom.has(config) && !saysAnything(reading)) continue
    drafts.push(await draftFromConfig(config, reading, {}, context))
  }
  for (const call of flaggedCalls(tree, scan.packages)) {
    const reading = readJson(JSON.stringify(call.config))
    const around = { ...context, runFrom: new Map([[call.file, [call.folder]]]) }
    const draft = await draftFromConfig(call.file, reading, {}, around)
    drafts.push('out' in draft ? { ...draft, name: draft.out, config: null } : draft)
  }
  const claimed = new Set(drafts.map((draft) => ('out' in draft ? draft.out : null)))
  const unclaimed = [...scan.folders]
    .filter(([folder]) => !claimed.has(folder) && counts(below(folder, 'meta')))
    .filter(([folder, layout]) => layout === 'journal' || scan.hasSnapshots(folder))
    .map(([folder]) => draftFromFolder(folder, { families: ['history', 'migration'] }))
  return [...drafts, ...unclaimed]
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
