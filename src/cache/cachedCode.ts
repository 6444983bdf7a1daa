import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { replaceFile } from './replaceFile.ts'

/** A CommonJS file, compiled. */
export interface CompiledFile {
  /** The file's own function of its parameters. */
  readonly run: (...values: readonly unknown[]) => void
  /** Keeps what V8 has compiled by now, for the next process. Does nothing where it came from there. */
  keep(): void
}

/**
 * Compiles a CommonJS file with the code V8 compiled in an earlier process, as Node does by itself
 * from 22 on (`module.enableCompileCache`).
 *
 * @param text - the file's content; its dynamic imports do not work
 * @param parameters - of the function around it: `exports, require, …`
 * @param place - where the code is kept; null keeps nothing
 */
export function compile(
  file: string,
  text: string,
  parameters: string,
  place: string | null,
): CompiledFile {
  const script = new Script(`(function (${parameters}) {${text}\n})`, {
    filename: file,
    cachedData: place === null ? undefined : contentOf(place),
  })
  return {
    run: script.runInThisContext() as CompiledFile['run'],
    keep() {
      if (place === null || script.cachedDataRejected === false) return
      try {
        replaceFile(place, script.createCachedData())
      } catch {
        // It is compiled again each time then.
      }
    },
  }
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
