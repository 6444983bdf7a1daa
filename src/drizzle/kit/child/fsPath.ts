import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The absolute path that an argument of `fs` names; null for what names none (a descriptor). */
export function fsPath(given: unknown): string | null {
  if (typeof given === 'string') {
    return given.startsWith('file:') ? fileURLToPath(given) : resolve(given)
  }
  return given instanceof URL && given.protocol === 'file:' ? fileURLToPath(given) : null
}
