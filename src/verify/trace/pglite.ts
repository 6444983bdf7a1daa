import { versionAt } from '../installedVersion.ts'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Extension } from '@electric-sql/pglite'
import { ProblemError } from '../../finding/problem.ts'
import type { TraceClient } from './client.ts'
import { type DataDirectory, readDirectory, writeDirectory } from './dataDirectory.ts'

const PACKAGE = '@electric-sql/pglite'

/** Not among PGlite's bundled extensions; each has a package and an export of its own. */
const PACKAGES: Readonly<Record<string, string>> = {
  vector: '@electric-sql/pglite-pgvector',
}

/** The release of each that was made for one of PGlite's: they name it exactly. */
const MATCHING: Readonly<Record<string, readonly string[]>> = {
  vector: ['@electric-sql/pglite@0.5.14', '@electric-sql/pglite-pgvector@0.0.15'],
}

/** The line of releases that is known to report locks (bench/README.md). */
const SUPPORTED = /^0\.5\./

/** An embedded database, with what only it can do. */
export interface EmbeddedDatabase extends TraceClient {
  /** `PostgreSQL 18.6 (PGlite 0.5.16)`. */
  readonly server: string
  /** Extensions that it does not have, and that are empty here. */
  readonly stubbed: readonly string[]
  /** The data directory as it is now, to start from another time. */
  dump(): Promise<DataDirectory>
}

export interface EmbeddedOptions {
  /**
   * The SQL names of the extensions that `CREATE EXTENSION` may name. Load only what is needed: some
   * sets of PGlite's extensions disturb each other.
   */
  readonly extensions?: readonly string[]
  /** A data directory to start from, in place of a new one. */
  readonly directory?: DataDirectory
  /** Folders whose node_modules are asked for PGlite before our own are. */
  readonly from?: readonly string[]
  /** Whether an extension that cannot be had is an empty one instead of an error. */
  readonly stub?: boolean
}

/** Where PGlite has its data directory. */
const DATA = '/pglite/data'

const CONFIGURATION = [
  // Tables hold a thousand rows at most; the rest of the default only makes the process larger.
  'shared_buffers=8MB',
  // Nothing of it has to survive a crash.
  'full_page_writes=off',
  'wal_init_zero=off',
  'wal_recycle=off',
]

/** What to install is missing: the words of the command are the caller's, who knows the project. */
export class MissingPackage extends ProblemError {
  readonly packages: readonly string[]

  constructor(message: string, packages: readonly string[]) {
    super({ message, file: null, help: `npm install --save-dev ${packages.join(' ')}` })
    this.packages = packages
  }
}

/**
 * Starts an empty PostgreSQL inside this process (PGlite 0.5: PostgreSQL 18). Takes seconds and
 * some hundred megabytes, so one serves many traces; an unclosed one keeps Node alive.
 *
 * @throws MissingPackage when PGlite or the package of an extension is not installed
 * @throws ProblemError when there is no such extension, unless `stub` is set
 */
export async function openPglite(options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const { extensions: names = [], directory, from = [], stub = false } = options
  const { PGlite, MemoryFS } = await importPglite(from, names)
  const extensions: Record<string, Extension> = {}
  const stubbed: string[] = []
  for (const name of names) {
    const extension = await importExtension(name, from)
    if (extension) extensions[keyOf(name)] = extension
    else if (stub) stubbed.push(name)
    else throw unknownExtension(name)
  }
  const database = await PGlite.create({
    extensions,
    ...(directory && { fs: filled(MemoryFS, directory) }),
    postgresqlconf: CONFIGURATION,
  })
  for (const name of stubbed) {
    const place = `/pglite/share/postgresql/extension/${name}`
    const control = "default_version = '1.0'\nrelocatable = true\n"
    database.Module.FS.writeFile(`${place}.control`, control)
    database.Module.FS.writeFile(`${place}--1.0.sql`, '')
  }
  const version = await database.query<{ version: string }>('select version()')
  const server = /^\S+ \S+(?: \([^)]*\))?/.exec(version.rows[0]?.version ?? '')?.[0] ?? 'PostgreSQL'
  return {
    scratch: true,
    server,
    stubbed,
    query: (sql) => database.query<Record<string, unknown>>(sql),
    exec: (sql) => database.exec(sql),
    async dump() {
      // What is in the files then needs no log to be replayed.
      await database.exec('select pg_switch_wal()')
      await database.exec('checkpoint')
      return readDirectory(database.Module.FS, DATA)
    },
    close: () => database.close(),
  }
}

/** A file system in memory in which a data directory lies already. */
function filled(
  MemoryFs: typeof import('@electric-sql/pglite').MemoryFS,
  directory: DataDirectory,
): InstanceType<typeof MemoryFs> {
  return new (class extends MemoryFs {
    override async initialSyncFs(): Promise<void> {
      writeDirectory(this.pg!.Module.FS, DATA, directory)
    }
  })()
}

/** The version of PGlite that would be started; null where there is none. */
export function pgliteVersion(from: readonly string[]): string | null {
  const file = resolveIn(PACKAGE, from)
  return file === null ? null : versionAt(file, PACKAGE)
}

async function importPglite(
  from: readonly string[],
  names: readonly string[],
): Promise<typeof import('@electric-sql/pglite')> {
  const wanted = names.flatMap((name) => MATCHING[name] ?? [])
  const packages = wanted.length > 0 ? wanted : [`${PACKAGE}@0.5`]
  const file = resolveIn(PACKAGE, from)
  const version = file === null ? null : versionAt(file, PACKAGE)
  if (version !== null && !SUPPORTED.test(version)) {
    throw new MissingPackage(`PGlite ${version} is installed, and 0.5 is needed`, packages)
  }
  try {
    if (file === null) return await import(PACKAGE)
    return (await import(pathToFileURL(file).href)) as typeof import('@electric-sql/pglite')
  } catch {
    throw new MissingPackage(
      'PGlite, the embedded PostgreSQL that runs migrations, cannot be loaded',
      packages,
    )
  }
}

/** Null for a name that PGlite does not know. */
async function importExtension(name: string, from: readonly string[]): Promise<Extension | null> {
  const key = keyOf(name)
  const specifier = PACKAGES[name] ?? `${PACKAGE}/contrib/${key}`
  const file = resolveIn(specifier, from)
  try {
    const module = (await import(file === null ? specifier : pathToFileURL(file).href)) as Record<
      string,
      Extension | undefined
    >
    if (module[key]) return module[key]
  } catch {
    // Falls through: a name PGlite does not know and a package not installed look alike here.
  }
  if (PACKAGES[name] === undefined) return null
  throw new MissingPackage(`the extension "${name}" needs a package of its own`, MATCHING[name]!)
}

function unknownExtension(name: string): ProblemError {
  return new ProblemError({
    message: `extension "${name}" is not available in the embedded PostgreSQL`,
    file: null,
    help: 'run against a real server that has it',
  })
}

function keyOf(name: string): string {
  return name.replaceAll('-', '_')
}

/** The file that a specifier means, seen from the first of these folders that has it. */
function resolveIn(specifier: string, from: readonly string[]): string | null {
  for (const folder of from) {
    try {
      return createRequire(join(folder, 'package.json')).resolve(specifier)
    } catch {
      continue
    }
  }
  return null
}
