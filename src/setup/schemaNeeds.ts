import { below } from '../drizzle/migrations/layout.ts'
import { schemaFiles } from '../drizzle/kit/schemaFiles.ts'
import { folderOf, within } from '../drizzle/find/paths.ts'
import type { Project } from '../drizzle/find/project.ts'
import type { Tree } from '../git/tree.ts'
import { importsOf } from './importsOf.ts'
import type { Setup } from './setup.ts'
import { shellWord } from '../finding/shellWord.ts'
import { type WorkspacePackage, workspacePackages } from './workspacePackages.ts'

/** What has to be there before the schema of a repository can be loaded. */
export interface SchemaNeeds {
  /** Environment variables that schema files, drizzle configs and what they import name. */
  readonly variables: readonly string[]
  /** Commands that build the packages they import, where what those export is not in git. */
  readonly builds: readonly string[]
}

/** Reads the schema's modules and what they import of the repository; runs nothing. */
export async function schemaNeeds(setup: Setup): Promise<SchemaNeeds> {
  const { tree, projects } = setup
  const packages = workspacePackages(tree)
  const variables = new Set<string>()
  const unbuilt = new Map<string, WorkspacePackage>()
  const seen = new Set<string>()
  const queue = (await Promise.all(projects.map((project) => startsOf(setup, project)))).flat()
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const text = tree.read(path)?.toString('utf8')
    if (seen.has(path) || text === undefined || !/\.[mc]?[jt]sx?$/.test(path)) continue
    seen.add(path)
    const needs = await importsOf(path, text)
    for (const name of needs.variables) variables.add(name)
    for (const request of needs.imports) {
      const own = request.startsWith('.') ? moduleAt(tree, within(folderOf(path), request)) : null
      if (own !== null) queue.push(own)
      const target = packageOf(packages, request)
      if (target === null || liesIn(path, target.folder)) continue
      const entry = entryOf(tree, target, request)
      if (entry !== null) queue.push(entry)
      else if (target.manifest.scripts.build !== undefined) unbuilt.set(target.name, target)
    }
  }
  return {
    variables: [...variables].sort(),
    builds: [...unbuilt.values()].map((one) => buildCommand(setup, one)),
  }
}

async function startsOf({ root, tree }: Setup, project: Project): Promise<readonly string[]> {
  const { files } = await schemaFiles(root, tree, project.schema)
  return [...(project.config === null ? [] : [project.config]), ...files]
}

const ENDS = [
  '',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '/index.ts',
  '/index.js',
]

/** The file that an import leads to; TypeScript is imported by the names of its output too. */
function moduleAt(tree: Tree, path: string | null): string | null {
  if (path === null) return null
  const candidates = ENDS.map((end) => path + end)
  const source = path.replace(/\.([mc]?)js(x?)$/, '.$1ts$2')
  return [...candidates, source].find((name) => tree.read(name) !== undefined) ?? null
}

function packageOf(
  packages: ReadonlyMap<string, WorkspacePackage>,
  request: string,
): WorkspacePackage | null {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(request)?.[0] ?? ''
  return packages.get(name) ?? null
}

function liesIn(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

/** The file in the tree that a package exports for an import; null where it is yet to be built. */
function entryOf(
  tree: Tree,
  { folder, manifest, name }: WorkspacePackage,
  request: string,
): string | null {
  const sub = `.${request.slice(name.length)}`
  const exported = targetsIn(exportOf(manifest.exports, sub))
  const named = sub === '.' ? [manifest.main, manifest.module] : [sub]
  const targets = [...exported, ...(manifest.exports === undefined ? named : [])].filter(
    (one): one is string => typeof one === 'string',
  )
  for (const target of targets.length > 0 ? targets : ['index']) {
    const path = moduleAt(tree, within(folder, target))
    if (path !== null) return path
  }
  return null
}

/** What `exports` has for a sub-path; a pattern with one `*` counts. */
function exportOf(exports: unknown, sub: string): unknown {
  if (exports === null || typeof exports !== 'object' || Array.isArray(exports)) {
    return sub === '.' ? exports : undefined
  }
  const entries = Object.entries(exports)
  if (!entries.some(([key]) => key.startsWith('.'))) return sub === '.' ? exports : undefined
  for (const [key, value] of entries) {
    if (key === sub) return value
    const [before = '', after] = key.split('*')
    if (after === undefined || !sub.startsWith(before) || !sub.endsWith(after)) continue
    const middle = sub.slice(before.length, sub.length - after.length)
    return JSON.parse(JSON.stringify(value ?? null).replaceAll('*', middle)) as unknown
  }
  return undefined
}

/** Every file that a conditional export names, in their order; types are no code. */
function targetsIn(value: unknown): readonly unknown[] {
  if (value === null || typeof value !== 'object') return [value]
  return Object.entries(value)
    .filter(([condition]) => condition !== 'types')
    .flatMap(([, one]) => targetsIn(one))
}

function buildCommand({ tree, manager }: Setup, { name, folder }: WorkspacePackage): string {
  const word = shellWord(name)
  if (tree.read('turbo.json') !== undefined) {
    const runner = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' }[manager]
    return `${runner} turbo run build --filter=${word}`
  }
  return {
    npm: `npm run build --workspace ${shellWord(below('', folder) || name)}`,
    pnpm: `pnpm --filter ${shellWord(`${name}...`)} run build`,
    yarn: `yarn workspace ${word} run build`,
    bun: `bun run --filter ${word} build`,
  }[manager]
}
