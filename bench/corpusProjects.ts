import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DialectName } from '../src/dialects/names.ts'
import { haveSameSql } from '../src/dialects/registry.ts'
import { discoverProjects } from '../src/drizzle/find/discover.ts'
import { readMigrationFolder } from '../src/drizzle/migrations/folder.ts'
import { workingTree } from '../src/git/workingFiles.ts'
import type { MigrationSource } from '../src/dialects/dialect.ts'
import { given } from './given.ts'

/** A migrations folder of the corpus. */
export interface CorpusProject {
  /** `owner/name folder`. */
  readonly name: string
  readonly root: string
  readonly migrations: readonly MigrationSource[]
}

/** Where the corpus is: what `MIGRATION_LINT_CORPUS` names, unpacked for this run if it is an archive. */
export function corpusFolder(): string {
  const archive = given('MIGRATION_LINT_CORPUS', 'the corpus, a folder or a tar archive of it')
  if (statSync(archive).isDirectory()) return archive
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'))
  execFileSync('tar', ['xf', archive, '-C', folder])
  const [only] = readdirSync(folder)
  return readdirSync(folder).length === 1 && only ? join(folder, only) : folder
}

/** Every migrations folder of the corpus in a dialect. */
export async function corpusProjects(
  folder: string,
  dialect: DialectName = 'postgresql',
): Promise<readonly CorpusProject[]> {
  const found: CorpusProject[] = []
  for (const name of readdirSync(folder).sort()) {
    const root = join(folder, name)
    const { tree } = workingTree(root)
    const { projects } = await discoverProjects(tree, undefined)
    for (const project of projects) {
      if (!haveSameSql(project.dialect, dialect)) continue
      const { migrations } = readMigrationFolder(tree, project.out)
      const contents = tree.readAll(migrations.map(({ file }) => file))
      found.push({
        name: `${name.replace('+', '/')} ${project.out}`,
        root,
        migrations: migrations.map((migration) => ({
          name: migration.name,
          file: migration.file,
          text: contents.get(migration.file)?.toString('utf8') ?? '',
        })),
      })
    }
  }
  return found
}
