import { isUtf8 } from 'node:buffer'
import type { Migration } from '../drizzle/migrations/migration.ts'
import type { Tree } from '../git/tree.ts'
import type { MigrationSource } from '../dialects/dialect.ts'
import type { Problem } from '../finding/finding.ts'

/** Reads migrations. A file that is not text is a problem, and is left out. */
export function readSources(
  tree: Tree,
  migrations: readonly Migration[],
): { readonly sources: readonly MigrationSource[]; readonly problems: readonly Problem[] } {
  const contents = tree.readAll(migrations.map(({ file }) => file))
  const sources: MigrationSource[] = []
  const problems: Problem[] = []
  for (const { name, file } of migrations) {
    const content = contents.get(file)
    if (content === undefined) {
      problems.push({
        message: `${file} cannot be read`,
        file,
        help: 'Its journal names it; restore the file or remove the entry.',
      })
    } else if (!isUtf8(content) || content.includes(0)) {
      problems.push({
        message: `${file} is not UTF-8 text, so it was not judged`,
        file,
        help: 'Save it as UTF-8 without NUL bytes (an editor or PowerShell may have written UTF-16).',
      })
    } else sources.push({ name, file, text: content.toString('utf8') })
  }
  return { sources, problems }
}
