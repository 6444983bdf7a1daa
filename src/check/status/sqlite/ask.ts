import { databaseFile } from '../../../verify/sqlite/file.ts'
import { readOnlyFile } from '../../../verify/sqlite/readOnly.ts'
import type { Asked, Question } from '../asked.ts'
import { appliedMigrations } from './appliedMigrations.ts'
import { readSizes } from './sizes.ts'

/** Asks a file of SQLite, libSQL or D1 that is opened for reading only. See `Ask`. */
export async function askSqlite(question: Question): Promise<Asked> {
  const file = databaseFile(question.url, question.cwd)
  return readOnlyFile(file, question.from, async (database) => {
    const [about] = await database.select('select sqlite_version() as version')
    return {
      server: `SQLite ${String(about?.version)}`,
      role: null,
      applied: await appliedMigrations(database, question),
      sizes: question.sizes ? await readSizes(database) : null,
    }
  })
}
