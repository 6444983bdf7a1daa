import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file whole: another run that reads at this very moment finds the old content or the new
 * one, never half of it. Its folder is made if need be.
 *
 * @param mode - who may read it; as the user has it by default
 * @throws Error where it cannot be written; then nothing is left behind
 */
export function replaceFile(path: string, content: Buffer, mode = 0o666): void {
  const draft = `${path}.${process.pid}`
  mkdirSync(dirname(path), { recursive: true })
  // One that a run which was killed has left may belong to anybody.
  rmSync(draft, { force: true })
  try {
    writeFileSync(draft, content, { mode, flag: 'wx' })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
