import { isAscii } from 'node:buffer'
import { Script } from 'node:vm'
import { checksum } from './checksum.ts'
import { readSealed, writeSealed } from './sealedFile.ts'

/** A script, compiled. */
export interface CompiledScript<T> {
  /** Its value: an expression's. */
  readonly value: T
  /** Whether no earlier process has left code of it. */
  readonly isFresh: boolean
  /** Caches what V8 has compiled by now, for the next process; that takes as long as a git process. */
  cache(): void
}

/**
 * Compiles a script with the code V8 compiled in an earlier process, as Node does by itself from 22 on
 * (`module.enableCompileCache`).
 *
 * V8 believes such code: damaged code crashes the process, and of the source it only compares the
 * length. So it is sealed, with the source.
 *
 * @param file - its name in stack traces
 * @param source - UTF-8; its dynamic imports do not work
 * @param place - where the code is cached; null caches nothing
 */
export function compile<T>(file: string, source: Buffer, place: string | null): CompiledScript<T> {
  const version = place === null ? '' : `${process.version} ${checksum(source)}`
  const script = new Script(source.toString(isAscii(source) ? 'latin1' : 'utf8'), {
    filename: file,
    cachedData: place === null ? undefined : readSealed(place, version),
  })
  return {
    value: script.runInThisContext() as T,
    isFresh: script.cachedDataRejected !== false,
    cache() {
      if (place === null) return
      try {
        writeSealed(place, version, script.createCachedData())
      } catch {
        // It is compiled again each time then.
      }
    },
  }
}
