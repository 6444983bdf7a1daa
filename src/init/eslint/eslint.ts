import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemaFiles } from '../../drizzle/kit/schemaFiles.ts'
import { folderOf } from '../../drizzle/find/paths.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { type LinterConfig, installedPackage, linterConfigs } from '../../setup/linters.ts'
import type { Setup } from '../../setup/setup.ts'
import { applyEdits } from '../apply.ts'
import { Refusal } from '../refusal.ts'
import type { Plan, Step } from '../step.ts'
import { hasPlugin, importLine, withEntries, withoutEntries } from './editConfig.ts'
import { type PresetEntries, presetEntries } from './presets.ts'
import { runsOn } from './trial.ts'

/** The presets in the flat configuration of ESLint. */
export const eslint: Step = {
  async add(plan) {
    const { files, notes } = plan
    for (const target of await targets(plan)) {
      const { config } = target
      const text = files.read(config.file)
      if (text === null || hasPlugin(text)) continue
      if (config.kind === 'eslintrc') {
        notes.leave(
          config.file,
          `${config.file} is a configuration that our plugin for ESLint cannot be in`,
          'Migrate it to eslint.config.js: npx @eslint/migrate-config',
        )
        continue
      }
      const why = await unsuitable(plan.setup, config)
      const entries = allEntries(target.entries)
      const next = why === null ? await withEntries(config.file, text, entries) : null
      if (next === null) {
        notes.leave(
          config.file,
          why ?? `${config.file} computes what it exports and is not edited`,
          byHand(entries),
        )
        continue
      }
      files.write(config.file, next, 'lints schema files and migrations')
      notes.task({
        what: 'try ESLint with it',
        command: `npx eslint ${target.samples.join(' ')}`,
        run: () => tryOut(plan, target, text, next),
      })
    }
  },
  async remove(plan) {
    const { files, notes } = plan
    for (const { config, entries } of await targets(plan)) {
      const text = files.read(config.file)
      if (text === null || config.kind === 'eslintrc' || !hasPlugin(text)) continue
      const next = withoutEntries(text, [...allEntries(entries), entries.schema])
      if (next !== text) files.write(config.file, next, 'no longer has our presets')
      if (/migrationLint|migration-lint/.test(next)) {
        notes.leave(
          config.file,
          `${config.file} still names migration-lint in a line that was changed since`,
        )
      }
    }
  },
}

/** One configuration of ESLint, what to add to it, and files to try it on. */
interface Target {
  readonly config: LinterConfig
  readonly entries: PresetEntries
  /** A schema file and a migration, relative to the root. */
  readonly samples: readonly string[]
}

async function targets({ setup, baselines }: Plan): Promise<readonly Target[]> {
  const found = new Map<string, Target>()
  for (const project of setup.projects) {
    const { files } = await schemaFiles(setup.root, setup.tree, project.schema)
    const schema = files[0]
    if (schema === undefined) continue
    const config = linterConfigs(setup.tree, schema).find(({ kind }) => kind !== 'oxlint')
    if (config === undefined || found.has(config.file)) continue
    const entries = presetEntries(
      config.file,
      project,
      baselines.get(project.name) ?? project.baseline,
    )
    found.set(config.file, { config, entries, samples: [schema, ...newestSql(setup, project)] })
  }
  return [...found.values()]
}

function newestSql({ tree }: Setup, { out }: Project): readonly string[] {
  const newest = tree.list(out).findLast(({ path }) => path.endsWith('.sql'))
  return newest === undefined ? [] : [newest.path]
}

function allEntries({ schema, sql }: PresetEntries): readonly string[] {
  return sql === null ? [schema] : [schema, sql]
}

function unsuitable({ root }: Setup, { file }: LinterConfig): Promise<string | null> {
  const installed = installedPackage(join(root, folderOf(file)), 'eslint')
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(installed?.version ?? '') ?? []
  const isOld = Number(major) < 9 || (major === '9' && Number(minor) < 15)
  return Promise.resolve(
    isOld ? `ESLint ${installed?.version} is older than 9.15, which our plugin needs` : null,
  )
}

function byHand(entries: readonly string[]): string {
  return `Add these lines to it:\n${[importLine(true, "'", ''), ...entries.map((one) => `${one},`)].join('\n')}`
}

/**
 * Runs ESLint on a schema file and a migration: other plugins' rules may crash on SQL. What does not work
 * is taken back.
 */
async function tryOut(
  { setup }: Plan,
  { config, entries, samples }: Target,
  before: string,
  after: string,
): Promise<void> {
  const [schema, sql] = samples
  const folder = folderOf(config.file)
  const all = entries.sql === null ? [schema!] : samples
  const crash = runsOn(setup, folder, all)
  if (crash === null || crash.isMissing) return
  const without =
    sql === undefined ? null : await withEntries(config.file, before, [entries.schema])
  if (without !== null) {
    write(setup, config.file, after, without)
    if (runsOn(setup, folder, [schema!]) === null) {
      throw new Refusal(
        config.file,
        `ESLint fails on ${sql} (${crash.reason}), so ${config.file} has no preset for SQL`,
        `Give the entry that fails "files", and add: ${entries.sql},`,
      )
    }
  }
  write(setup, config.file, without ?? after, before)
  throw new Refusal(
    config.file,
    `ESLint fails (${crash.reason}), so ${config.file} is as it was`,
    byHand(allEntries(entries)),
  )
}

function write({ root }: Setup, path: string, before: string, after: string): void {
  if (readFileSync(join(root, path), 'utf8') === after) return
  applyEdits(root, [{ path, before, after, mode: null, what: [] }])
}
