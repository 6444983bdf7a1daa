import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../cache/replaceFile.ts'

/**
 * What earlier runs have done, kept in the git directory: what was in the files before, so that undoing
 * leaves no trace, and which packages were added. Other clones do not have it and go by content alone.
 */
export interface InitRecord {
  readonly files: Readonly<
    Record<string, { readonly before: string | null; readonly after: string | null }>
  >
  readonly added: readonly string[]
}

const FILE = 'migration-lint.init.json'

const NOTHING: InitRecord = { files: {}, added: [] }

/** @param commonDir - the git directory that all checkouts share; absolute */
export function readRecord(commonDir: string): InitRecord {
  try {
    const value = JSON.parse(readFileSync(join(commonDir, FILE), 'utf8')) as Partial<InitRecord>
    return { files: value.files ?? {}, added: value.added ?? [] }
  } catch {
    return NOTHING
  }
}

/** Adds a run to what is known; a file that was as the last run left it keeps its first content. */
export function writeRecord(commonDir: string, earlier: InitRecord, run: InitRecord): void {
  const files = { ...earlier.files }
  for (const [path, { before, after }] of Object.entries(run.files)) {
    const known = files[path]
    files[path] = {
      before: known !== undefined && known.after === before ? known.before : before,
      after,
    }
  }
  const added = [...new Set([...earlier.added, ...run.added])]
  replaceFile(join(commonDir, FILE), Buffer.from(`${JSON.stringify({ files, added }, null, 2)}\n`))
}

/** Forgets a run that has come to nothing. */
export function restoreRecord(commonDir: string, earlier: InitRecord): void {
  removeRecord(commonDir)
  if (Object.keys(earlier.files).length > 0) writeRecord(commonDir, earlier, NOTHING)
}

export function removeRecord(commonDir: string): void {
  rmSync(join(commonDir, FILE), { force: true })
}
