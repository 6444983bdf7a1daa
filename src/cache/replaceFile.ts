import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file whole: another run that reads at this very moment finds the old content or the new
 * one, never half of it. Its folder is made if need be.
 *
 * @throws Error where it cannot be written
 */
export function replaceFile(path: string, content: Buffer): void {
  const draft = `${path}.${process.pid}`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(draft, content)
  renameSync(draft, path)
}
