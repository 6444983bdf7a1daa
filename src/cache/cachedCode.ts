import { Script } from 'node:vm'
import { checksum } from './checksum.ts'
import { readSealed, writeSealed } from './sealedFile.ts'

/** A CommonJS file, compiled. */
export interface CompiledFile {
  /** The file's own function of its parameters. */
  readonly run: (...values: readonly unknown[]) => void
  /** Caches what V8 has compiled by now, for the next process. Does nothing where it came from there. */
  cache(): void
}

/**
 * Compiles a CommonJS file with the code V8 compiled in an earlier process, as Node does by itself
 * from 22 on (`module.enableCompileCache`).
 *
 * V8 believes such code: damaged code crashes the process, and of the source it only compares the
 * length. So it is sealed, with the source.
 *
 * @param text - the file's content; its dynamic imports do not work
 * @param parameters - of the function around it: `exports, require, …`
 * @param place - where the code is cached; null caches nothing
 */
export function compile(
  file: string,
  text: string,
  parameters: string,
  place: string | null,
): CompiledFile {
  const version = place === null ? '' : `${process.version} ${checksum(Buffer.from(text))}`
  const script = new Script(`(function (${parameters}) {${text}\n})`, {
    filename: file,
    cachedData: place === null ? undefined : readSealed(place, version),
  })
  return {
    run: script.runInThisContext() as CompiledFile['run'],
    cache() {
      if (place === null || script.cachedDataRejected === false) return
      try {
        writeSealed(place, version, script.createCachedData())
      } catch {
        // It is compiled again each time then.
      }
    },
  }
}
