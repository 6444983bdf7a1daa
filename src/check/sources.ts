import { isUtf8 } from 'node:buffer'
import type { Migration } from '../drizzle/migrations/migration.ts'
import type { Tree } from '../git/tree.ts'
import type { MigrationSource } from '../dialects/dialect.ts'
import type { Problem } from '../finding/finding.ts'

/** Migrations as text, and those that are none. */
export interface Sources {
  readonly sources: readonly MigrationSource[]
  readonly problems: readonly Problem[]
}

/** How the file begins that Git LFS puts in place of another (its specification, v1). */
const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/v1\n')

/** Reads migrations. A file that is not text is a problem, and is left out. */
export function readSources(tree: Tree, migrations: readonly Migration[]): Sources {
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
    } else if (content.subarray(0, LFS_POINTER.length).equals(LFS_POINTER)) {
      problems.push({
        message: `${file} is a Git LFS pointer and not the SQL it stands for, so it was not judged`,
        file,
        help: 'Run git lfs pull. The pointer is what gets committed, though: take migrations out of LFS, in .gitattributes, and stage them again.',
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
