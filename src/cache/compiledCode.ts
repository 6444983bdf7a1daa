import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type CompiledScript, compile } from './cachedCode.ts'

/** Set by the build to a hash of the sources. */
declare const BUILD_ID: string

/** What the program can do, and what it tells about its run. */
export interface Program {
  /** Does what the command line asks for. */
  start(): void
  /** Makes checks of a run in another thread, as long as any are left; both can be cloned. */
  work(share: unknown): Promise<unknown>
  /**
   * What kind of run it was, in letters: another kind needs other functions. Null for one that no hook
   * is like, so that what V8 has compiled by now is not worth caching.
   */
  kind(): string | null
}

/**
 * Loads the program, which the build has put into packs (scripts/packs.mjs), with the code V8 compiled
 * in an earlier run. Compiling is a tenth of a run, and Node's own cache (from 22 on) lacks the
 * functions that are compiled when they are called (bench/README.md).
 *
 * The code is cached beside the installed package, in `node_modules/.cache`; elsewhere, and where
 * nothing can be written, it is compiled each time.
 *
 * @param folder - where the packs are; absolute
 * @param entry - the program's name in them
 * @returns what it exports
 */
export function loadCompiled(folder: string, entry: string): Program {
  const program = new Packs(folder)
  const main = program.load(entry) as unknown as Program
  process.on('exit', () => {
    const kind = main.kind()
    if (kind !== null) program.cache(kind)
  })
  return main
}

type Exports = Record<string, unknown>
/** A module, as the build writes it. */
type Body = (
  exports: Exports,
  require: (name: string) => unknown,
  load: (name: string) => Promise<unknown>,
  url: string,
  folder: string,
  file: string,
) => void

/** The modules of the program, each run when it is first asked for. A name begins with its pack's. */
class Packs {
  private readonly folder: string
  private readonly packs = new Map<string, CompiledScript<Readonly<Record<string, Body>>>>()
  private readonly loaded = new Map<string, Exports>()
  private readonly host: NodeJS.Require

  constructor(folder: string) {
    this.folder = folder
    this.host = createRequire(join(folder, 'cli.cjs'))
  }

  load(name: string): Exports {
    const known = this.loaded.get(name)
    if (known !== undefined) return known
    const exports: Exports = {}
    this.loaded.set(name, exports)
    const pack = name.slice(0, name.indexOf('/'))
    const file = this.fileOf(pack)
    this.packOf(pack, file)[name]!(
      exports,
      (other) => (OF_A_PACK.test(other) ? this.load(other) : this.host(other)),
      // A script that V8 ran from cached code has no import of its own.
      async (other) => (OF_A_PACK.test(other) ? this.load(other) : import(other)),
      pathToFileURL(file).href,
      this.folder,
      file,
    )
    return exports
  }

  /**
   * Caches what is compiled where something is new. Without it, a hook would compile again each time
   * what the run that came first did not need: 5 % of a run.
   */
  cache(kind: string): void {
    const mark = placeFor(this.folder, kind)
    if (mark === null) return
    const isNew = !existsSync(mark)
    for (const { isFresh, cache } of this.packs.values()) if (isNew || isFresh) cache()
    try {
      if (isNew) writeFileSync(mark, '')
    } catch {
      // Then each such run caches it again.
    }
  }

  private packOf(pack: string, file: string): Readonly<Record<string, Body>> {
    const compiled =
      this.packs.get(pack) ?? compile(file, readFileSync(file), placeFor(this.folder, pack))
    this.packs.set(pack, compiled)
    return compiled.value
  }

  private fileOf(pack: string): string {
    return join(this.folder, `${pack}.cjs`)
  }
}

/** No package and no module of Node has such a name. */
const OF_A_PACK = /^[a-z-]+\/\d+$/

/** Where something is cached that this build is the only one to use. */
function placeFor(folder: string, name: string): string | null {
  const modules = join(folder, '..', '..')
  const build = `${BUILD_ID}-${process.version}-${process.arch}-${name}`
  return basename(modules) === 'node_modules' ? join(modules, '.cache/migration-lint', build) : null
}
