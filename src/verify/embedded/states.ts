import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gunzipSync, gzip } from 'node:zlib'
import { fileName } from '../../cache/fileName.ts'
import { readSealed, writeSealed } from '../../cache/sealedFile.ts'

/** How many states of one project are kept. */
const MOST = 2

/** A data directory that an earlier run has left, and what it holds. */
export interface KeptState {
  /** What was run on it, one after the other, from the start. */
  readonly entries: readonly string[]
  /** The data directory, packed. */
  readonly image: Buffer
}

/**
 * Data directories of earlier runs. A new one takes seconds to make, and a long history seconds to
 * run; a few megabytes each, compressed. What cannot be read or written is as if it were not there.
 */
export class States {
  private readonly folder: string
  private readonly version: string

  /**
   * @param folder - where they are kept; it is made if need be
   * @param version - of everything that gives them their meaning
   */
  constructor(folder: string, version: string) {
    this.folder = folder
    this.version = version
  }

  /**
   * The state that goes furthest on the way to these entries.
   *
   * @param project - names the project; empty for the state before anything was run
   */
  find(project: string, entries: readonly string[]): KeptState | null {
    let best: { readonly entries: readonly string[]; readonly file: string; image: Buffer } | null =
      null
    for (const file of this.filesOf(project)) {
      const content = readSealed(file, this.version)
      if (content === undefined) continue
      const end = 4 + content.readUInt32LE(0)
      const own = JSON.parse(content.toString('utf8', 4, end)) as string[]
      const fits = own.length <= entries.length && own.every((entry, i) => entry === entries[i])
      if (!fits || (best !== null && own.length <= best.entries.length)) continue
      best = { entries: own, file, image: content.subarray(end) }
    }
    if (best === null) return null
    touch(best.file)
    try {
      return { entries: best.entries, image: gunzipSync(best.image) }
    } catch {
      return null
    }
  }

  /**
   * Keeps a state; the one that was used least recently makes room for it. Compresses it beside
   * whatever else goes on.
   */
  async keep(project: string, { entries, image }: KeptState): Promise<void> {
    const head = Buffer.from(JSON.stringify(entries))
    const length = Buffer.alloc(4)
    length.writeUInt32LE(head.length)
    try {
      const packed = await promisify(gzip)(image, { level: constants.Z_BEST_SPEED })
      const file = `${fileName(project)}.${fileName(head.toString('latin1'))}`
      writeSealed(join(this.folder, file), this.version, Buffer.concat([length, head, packed]))
      const aged = this.filesOf(project).map((path) => ({ path, time: statSync(path).mtimeMs }))
      aged.sort((a, b) => b.time - a.time)
      for (const { path } of aged.slice(MOST)) rmSync(path, { force: true })
    } catch {
      return
    }
  }

  private filesOf(project: string): string[] {
    const prefix = `${fileName(project)}.`
    try {
      const names = readdirSync(this.folder).filter((name) => name.startsWith(prefix))
      return names
        .filter((name) => !/\.\d+$/.test(name.slice(prefix.length)))
        .map((name) => join(this.folder, name))
    } catch {
      return []
    }
  }
}

function touch(file: string): void {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch {
    return
  }
}
