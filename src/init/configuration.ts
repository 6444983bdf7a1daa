import { discoverProjects } from '../drizzle/find/discover.ts'
import type { Project } from '../drizzle/find/project.ts'
import { PACKAGE_KEY } from '../config/find.ts'
import type { ProjectConfig } from '../config/config.ts'
import { setJson, valueAt } from '../json/edit.ts'
import { migratorMention } from '../setup/migrator.ts'
import { postgresMentions } from '../setup/server.ts'
import { Refusal } from './refusal.ts'
import type { Plan, Step } from './step.ts'

const FILE = 'migration-lint.config.json'
const SCHEMA = 'node_modules/migration-lint/schema.json'

/** The versions that the configuration takes. */
const KNOWN = { from: 12, to: 18 }

const DOWNTIME =
  'locks and running code are judged; if nobody uses the database while migrations run, add --downtime'

/** What has to be said about the projects; without it there is no configuration file. */
export const configuration: Step = {
  async add(plan) {
    const { setup, files } = plan
    const wanted = wantedOf(plan)
    const missing = await unlisted(plan)
    if (wanted.size === 0 && missing.length === 0) return
    const path = setup.configFile ?? FILE
    if (!/\.json$/.test(path)) {
      const entries = [...wanted, ...missing.map((name) => [name, {}] as const)]
      if (entries.every(([name, value]) => isSaid(setup.projects, name, value))) return
      const lines = entries.map(([name, value]) => JSON.stringify({ config: name, ...value }))
      throw new Refusal(
        path,
        `${path} is a program and is not edited`,
        `Say in its "projects":\n${lines.join(',\n')}`,
      )
    }
    const text = files.read(path) ?? '{}\n'
    const keys = path === 'package.json' || path.endsWith('/package.json') ? [PACKAGE_KEY] : []
    let next = text
    if (setup.configFile === null) {
      next = setJson(
        next,
        ['$schema'],
        `./${setup.packageFolder === '' ? '' : `${setup.packageFolder}/`}${SCHEMA}`,
      )
    }
    next = withProjects(next, keys, setup.projects, wanted, missing)
    if (next !== text) files.write(path, next, whatOf(wanted, missing))
  },
  remove({ setup, files, notes, written }) {
    if (setup.configFile !== FILE) return
    const known = written[FILE]
    const text = files.read(FILE)
    if (text !== null && known?.before === null && known.after === text)
      files.write(FILE, null, 'is deleted')
    else if (text !== null)
      notes.leave(
        FILE,
        `${FILE} stays: it may hold choices of yours`,
        `To remove it: git rm ${FILE}`,
      )
  },
}

type Wanted = ReadonlyMap<string, ProjectConfig>

/** By project, what the repository tells and the configuration does not say yet. */
function wantedOf({ setup, notes, baselines, options }: Plan): Wanted {
  const { tree, projects } = setup
  const wanted = new Map<string, ProjectConfig>()
  const say = (name: string, value: ProjectConfig) =>
    wanted.set(name, { ...wanted.get(name), ...value })
  const postgres = projects.filter(({ dialect }) => dialect === 'postgresql')
  const mentions = postgres.length === 0 ? [] : postgresMentions(tree)
  const versions = new Set(mentions.map(({ version }) => version))
  const [first] = mentions
  if (versions.size > 1) {
    const list = mentions.map(({ image, file }) => `${image} in ${file}`)
    notes.fact(
      `which PostgreSQL production has is not known (${list.join(', ')}): the worst of ${KNOWN.from} to ${KNOWN.to} counts`,
    )
  } else if (first && first.version >= KNOWN.from && first.version <= KNOWN.to) {
    const silent = postgres.filter((project) => project.postgres.version === null)
    if (silent.length > 0)
      notes.fact(`PostgreSQL ${first.version}: ${first.image} in ${first.file}`)
    for (const { name } of silent) say(name, { postgres: { version: first.version } })
  }
  const migrator = projects.length === 1 ? migratorMention(tree) : null
  const [only] = projects
  if (
    migrator !== null &&
    only &&
    only.migrator === 'drizzle' &&
    !isTold(setup.config.projects, only)
  ) {
    notes.fact(`migrations run without a transaction (neon-http): ${migrator.file}`)
    say(only.name, { migrator: migrator.migrator })
  }
  for (const [name, baseline] of baselines) say(name, { baseline })
  const open = projects.filter(({ downtime }) => downtime === null)
  if (options.downtime) for (const { name } of open) say(name, { downtime: true })
  else if (open.length > 0) notes.fact(DOWNTIME)
  return wanted
}

function isTold(listed: readonly ProjectConfig[] | undefined, { config, out }: Project): boolean {
  return (listed ?? []).some((entry) => entry.migrator !== undefined && same(entry, config, out))
}

function same(entry: ProjectConfig, config: string | null, out: string): boolean {
  const plain = (path: string | undefined) => path?.replace(/^\.\//, '').replace(/\/$/, '')
  return entry.config === undefined ? plain(entry.out) === out : plain(entry.config) === config
}

/** Projects that came after the list was written: nothing would check them. */
async function unlisted({ setup, notes }: Plan): Promise<readonly string[]> {
  if (setup.config.projects === undefined) return []
  const { projects } = await discoverProjects(setup.tree, undefined)
  const known = new Set(setup.projects.flatMap(({ config, out }) => [config, out]))
  const found = projects.filter(
    ({ config, out }) => config !== null && !known.has(config) && !known.has(out),
  )
  for (const { name } of found) notes.fact(`${name} is not in ${setup.configFile} yet`)
  return found.map(({ name }) => name)
}

function isSaid(projects: readonly Project[], name: string, value: ProjectConfig): boolean {
  const project = projects.find((one) => one.name === name)
  return project !== undefined && (value.postgres?.version ?? null) === project.postgres.version
}

function withProjects(
  text: string,
  keys: readonly string[],
  projects: readonly Project[],
  wanted: Wanted,
  missing: readonly string[],
): string {
  const list = valueAt(text, [...keys, 'projects']) as readonly ProjectConfig[] | undefined
  const named = ({ config, out }: Project): ProjectConfig =>
    config === null ? { out } : { config }
  if (list === undefined) {
    const all = projects.map((project) => ({ ...named(project), ...wanted.get(project.name) }))
    return setJson(text, [...keys, 'projects'], all)
  }
  let next = text
  for (const [i, entry] of list.entries()) {
    const project = projects.find(({ config, out }) => same(entry, config, out))
    for (const [key, value] of Object.entries((project && wanted.get(project.name)) ?? {})) {
      next = setJson(next, [...keys, 'projects', i, key], value)
    }
  }
  for (const config of missing) next = setJson(next, [...keys, 'projects', -1], { config })
  return next
}

function whatOf(wanted: Wanted, missing: readonly string[]): string {
  const keys = new Set([...wanted.values()].flatMap((value) => Object.keys(value)))
  return [...keys, ...missing.map((name) => `the project ${name}`)].join(', ')
}
