import type { Extension } from '@electric-sql/pglite'
import { ProblemError } from '../../finding/problem.ts'
import type { TraceClient } from './client.ts'

/** Not among PGlite's bundled extensions; each has a package and an export of its own. */
const PACKAGES: Readonly<Record<string, string>> = {
  vector: '@electric-sql/pglite-pgvector',
}

/**
 * Starts an empty PostgreSQL inside this process (PGlite 0.5: PostgreSQL 18). Takes seconds and
 * some hundred megabytes, so one serves many traces; an unclosed one keeps Node alive.
 *
 * @param options.extensions the SQL names of the extensions that `CREATE EXTENSION` may name. Load
 *   only what is needed: some sets of PGlite's extensions disturb each other
 * @param options.image a data directory to start from, as PGlite's `dumpDataDir` gave it, in place of
 *   a new one
 * @throws ProblemError when PGlite or an extension is not installed
 */
export async function openPglite(
  options: { extensions?: readonly string[]; image?: Blob } = {},
): Promise<TraceClient> {
  const { PGlite } = await importPglite()
  const extensions: Record<string, Extension> = {}
  for (const name of options.extensions ?? []) {
    extensions[name.replaceAll('-', '_')] = await importExtension(name)
  }
  const database = await PGlite.create({ extensions, loadDataDir: options.image })
  return {
    scratch: true,
    query: (sql) => database.query<Record<string, unknown>>(sql),
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
  }
}

async function importPglite(): Promise<typeof import('@electric-sql/pglite')> {
  try {
    return await import('@electric-sql/pglite')
  } catch {
    throw new ProblemError({
      message: 'PGlite, the embedded PostgreSQL that runs migrations, cannot be loaded',
      file: null,
      help: 'npm install --save-dev @electric-sql/pglite@^0.5',
    })
  }
}

async function importExtension(name: string): Promise<Extension> {
  const key = name.replaceAll('-', '_')
  const specifier = PACKAGES[name] ?? `@electric-sql/pglite/contrib/${key}`
  try {
    const module = (await import(specifier)) as Record<string, Extension | undefined>
    const extension = module[key]
    if (extension) return extension
  } catch {
    // Falls through: a name PGlite does not know and a package not installed look alike here.
  }
  const installable = PACKAGES[name]
  throw new ProblemError({
    message: `extension "${name}" is not available in the embedded PostgreSQL`,
    file: null,
    help: installable
      ? `npm install --save-dev ${installable}`
      : 'run against a real server that has it',
  })
}
