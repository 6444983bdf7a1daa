import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder hold these files and no others. Whoever reads them meanwhile finds each as it was
 * or as it will be, never half of it.
 *
 * @param {string} folder - absolute
 * @param {ReadonlyMap<string, string | Uint8Array>} files - content by relative path
 * @param {object} [order]
 * @param {readonly string[]} [order.last] - files that need all the others
 * @param {readonly string[]} [order.executable]
 */
export function replaceFiles(folder, files, { last = [], executable = [] } = {}) {
  const isLast = (/** @type {string} */ name) => Number(last.includes(name))
  const names = [...files.keys()].sort((a, b) => isLast(a) - isLast(b))
  for (const name of names) {
    const file = path.join(folder, name)
    const draft = `${file}.${process.pid}`
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(draft, files.get(name) ?? '', { mode: executable.includes(name) ? 0o755 : 0o644 })
    renameSync(draft, file)
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = path.relative(folder, path.join(entry.parentPath, entry.name))
    // Drafts may be those of another process.
    if (/\.(c?js|ts)$/.test(name) && !files.has(name))
      rmSync(path.join(folder, name), { force: true })
  }
}
