import type { Store } from '../cache/store.ts'
import type { Config, RuleFamily } from '../config/config.ts'
import { relativePath } from '../finding/relativePath.ts'
import { createWorkingTree, walk } from '../git/workingTree.ts'
import { activeRules } from '../lint/settings.ts'
import type { DeployedProjects } from './deployedProjects.ts'
import type { Engines } from './engines.ts'
import type { Run } from './families.ts'
import type { CheckOptions } from './options.ts'
import { findPlaces } from './places.ts'
import type { Rulebook } from './rulebook.ts'
import type { Target } from './target.ts'

/** What a run is made of. */
export interface RunParts {
  readonly config: Config
  /** Those of the configuration's plugins included. */
  readonly rules: Rulebook
  readonly target: Target
  readonly store: Store | null
  readonly engines: Engines
  readonly deployedProjects: DeployedProjects | null
  readonly migrations: Run['migrations']
}

/** What holds for every project of a run, before any is looked at. */
export function openRun(options: CheckOptions, parts: RunParts): Run {
  const { config, rules, target, engines } = parts
  const { root, cwd } = findPlaces(options.cwd, options.env)
  return {
    root: target.root,
    here: relativePath(root, cwd),
    gitDir: target.gitDir,
    only: target.isNew ? withoutProduction(options.only) : options.only,
    onlyReason: target.isNew ? 'the remote has no production branch yet' : '--only',
    after: target.after,
    disk: createWorkingTree(target.root, walk(target.root)),
    deployed: target.deployed,
    deployedProjects: parts.deployedProjects,
    since: options.selection.kind === 'since' ? options.selection.tag : null,
    syncOff: whyNoSync(options, config),
    target: target.target,
    split: target.split,
    migrations: parts.migrations,
    rules: rules.migration,
    active: {
      sync: activeRules(rules.sync, config),
      history: activeRules(rules.history, config),
      drift: activeRules(rules.drift, config),
      snapshot: activeRules(rules.snapshot, config),
      migration: activeRules(rules.migration, config),
    },
    claimed: new Set(),
    saidUnread: new Set(),
    acknowledged: config.acknowledged ?? [],
    verify: config.verify ?? {},
    env: envFilesOf(config),
    store: parts.store,
    touched: target.touched,
    changed: target.changed,
    engineOf: (reading) => engines.of(reading),
  }
}

/**
 * Why schemas are not compared with migrations, in a clause; null where they are. Teams that commit
 * the schema first and its migration next compare when they push; who names migrations asks about
 * these, unless they say what they ask about.
 */
function whyNoSync({ selection, only }: CheckOptions, { sync }: Config): string | null {
  if (sync === 'off') return "sync: 'off' in the configuration"
  const { kind } = selection
  if (kind === 'staged' && sync?.at === 'push') return "sync: { at: 'push' } in the configuration"
  if (only?.includes('sync') === true) return null
  return kind === 'all' || kind === 'since' ? `--${kind}` : kind === 'files' ? '--files' : null
}

/** Without a production branch, schema and migrations are held against each other alone. */
function withoutProduction(only: CheckOptions['only']): readonly RuleFamily[] {
  return only?.filter((family) => family === 'sync') ?? ['sync']
}

/** The env files that a configuration names. */
export function envFilesOf({ env = [] }: Config): readonly string[] {
  return typeof env === 'string' ? [env] : env
}
