import type { Client } from '../../dialects/dialect.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { folderOf } from '../../drizzle/find/paths.ts'
import { below } from '../../drizzle/migrations/layout.ts'
import type { Tree } from '../../git/tree.ts'

/** What a project's own files say of who runs its migrations. */
export interface Clients {
  /** The only one that can be meant; null where that cannot be told. */
  readonly certain: string | null
  /** Looks at the project's code as well, which costs more: where `migrate` is imported from. */
  search(): string | null
  /** Whether the code that runs `migrate` switches foreign keys off: looks at the code too. */
  switchesKeysOff(): boolean
}

/** What of a project tells it. */
type OfClient = Pick<Project, 'dialect' | 'client' | 'driver' | 'config' | 'out'>

/**
 * Finds out who runs a project's migrations: by our configuration, the drizzle config's `driver`, the
 * dependencies, and at last by the code.
 */
export function clientsOf(project: OfClient, tree: Tree): Clients {
  const { clients } = dialectOf(project.dialect)
  const told = project.client ?? known(clients, project.driver)
  if (clients.length === 0)
    return { certain: told, search: () => told, switchesKeysOff: () => false }
  const home = packageFolder(project, tree)
  const code = migratorsIn(tree, home)
  const switchesKeysOff = () => code().some(({ text }) => KEYS_OFF.test(text))
  if (told !== null) return { certain: told, search: () => told, switchesKeysOff }
  const manifest = tree.read(below(home, 'package.json'))?.toString('utf8') ?? ''
  const wrangler = WRANGLER.map((name) => tree.read(below(home, name))?.toString('utf8') ?? '')
  const found = clients.filter(
    ({ packages, wrangler: mark }) =>
      packages.some((name) => manifest.includes(`"${name}"`)) ||
      (mark !== undefined && wrangler.some((text) => text.includes(mark))),
  )
  const [only] = found
  const certain = found.length === 1 && only ? only.name : null
  const search = () => certain ?? inCode(clients, code()) ?? ofKit(found, manifest)
  return { certain, search, switchesKeysOff }
}

const WRANGLER = ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc']

/** `d1-http` of a drizzle config is D1. */
function known(clients: readonly Client[], driver: string | null): string | null {
  return clients.find(({ name }) => name === driver || `${name}-http` === driver)?.name ?? null
}

/** The folder of the nearest package.json. */
export function packageFolder(
  { config, out }: Pick<Project, 'config' | 'out'>,
  tree: Tree,
): string {
  for (let at = folderOf(config ?? out); ; at = folderOf(at)) {
    if (at === '' || tree.read(below(at, 'package.json'))) return at
  }
}

const SOURCE = /\.[cm]?[jt]sx?$/
const MIGRATOR = /['"]drizzle-orm\/([\w-]+)\/migrator['"]/g

/** `db.pragma('foreign_keys = OFF')`, `db.exec('PRAGMA foreign_keys=0')`. */
const KEYS_OFF = /\bforeign_keys\s*=\s*(?:off|0|false|no)\b/i

/** A file that imports a migrator. */
interface MigratingFile {
  readonly text: string
  readonly migrators: readonly string[]
}

/** The files of a package that import `migrate`, read when they are asked for. */
function migratorsIn(tree: Tree, home: string): () => readonly MigratingFile[] {
  let found: readonly MigratingFile[] | undefined
  const read = () => {
    const paths = tree
      .list(home)
      .map(({ path }) => path)
      .filter((path) => SOURCE.test(path) && !path.includes('node_modules/'))
    return [...tree.readAll(paths).values()].flatMap((content) => {
      const text = content.toString('utf8')
      const migrators = [...text.matchAll(MIGRATOR)].map(([, name = '']) => name)
      return migrators.length > 0 ? [{ text, migrators }] : []
    })
  }
  return () => (found ??= read())
}

/** The one driver whose `migrate` the code imports. */
function inCode(clients: readonly Client[], files: readonly MigratingFile[]): string | null {
  const imported = new Set(files.flatMap(({ migrators }) => migrators))
  const used = clients.filter(({ migrator }) => imported.has(migrator))
  return used.length === 1 ? (used[0]?.name ?? null) : null
}

/** What `drizzle-kit migrate` takes, if that is what the project's scripts run. */
function ofKit(found: readonly Client[], manifest: string): string | null {
  if (!/drizzle-kit(?:@[\w.-]+)? migrate\b/.test(manifest)) return null
  return found.find(({ kit }) => kit)?.name ?? null
}
