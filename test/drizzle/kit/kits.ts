import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { discoverProjects } from '../../../src/drizzle/find/discover.ts'
import { readMigrationFolder } from '../../../src/drizzle/migrations/folder.ts'
import { compareSchema } from '../../../src/drizzle/kit/compare.ts'
import type { SchemaComparison } from '../../../src/drizzle/kit/schemaComparison.ts'
import { latestSnapshot } from '../../../src/drizzle/kit/latestSnapshot.ts'
import type { Verdict } from '../../../src/drizzle/kit/verdict.ts'
import { createWorkingTree, walk } from '../../../src/git/workingTree.ts'
import { installed } from '../../installed.ts'

/** Files by path. */
export type Files = Readonly<Record<string, string>>

/** Versions of drizzle-kit that are tested, each with the drizzle-orm of its time. */
export const KITS = ['0.28.1', '0.31.11', '1.0.0-rc.5'] as const
export type KitVersion = (typeof KITS)[number]

const top = join(import.meta.dirname, '../../..')
const ORMS = { '0.28.1': '0.36.4', '0.31.11': '0.45.4', '1.0.0-rc.5': '1.0.0-rc.5' }

/** A node_modules folder with a drizzle-kit and its drizzle-orm. */
export function modulesOf(kit: KitVersion): string {
  if (kit === '0.31.11') return join(top, 'node_modules')
  return join(installed({ 'drizzle-kit': kit, 'drizzle-orm': ORMS[kit] }), 'node_modules')
}

/** Makes a project of some files in a temporary folder, with a drizzle-kit installed in it. */
export function projectWith(kit: KitVersion, files: Files): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'migration-lint-'))
  install(kit, folder)
  write(folder, files)
  return folder
}

/** Installs what drizzle-kit and a schema need, package by package: a project may add its own. */
export function install(kit: KitVersion, folder: string): void {
  const modules = join(folder, 'node_modules')
  mkdirSync(modules, { recursive: true })
  for (const name of ['drizzle-kit', 'drizzle-orm']) {
    symlinkSync(join(modulesOf(kit), name), join(modules, name))
  }
}

export function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

/**
 * The migrations folder that a drizzle-kit writes for a project. It is made once for each project
 * and version, and kept in the temporary folder of the machine.
 *
 * @param files - with a drizzle config whose `out` is `./drizzle`
 * @returns the files of the folder, by path relative to the project
 */
export function generated(kit: KitVersion, files: Files): Files {
  const key = createHash('sha1')
    .update(JSON.stringify([kit, files]))
    .digest('hex')
    .slice(0, 16)
  const kept = join(realpathSync(tmpdir()), 'migration-lint-generated', key)
  if (!existsSync(kept)) {
    const folder = projectWith(kit, files)
    const bin = join(folder, 'node_modules/drizzle-kit/bin.cjs')
    const output = execFileSync(process.execPath, [bin, 'generate'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
    if (!existsSync(join(folder, 'drizzle')))
      throw new Error(`drizzle-kit wrote nothing: ${output}`)
    mkdirSync(dirname(kept), { recursive: true })
    try {
      renameSync(join(folder, 'drizzle'), kept)
    } catch (error) {
      // Another test file was quicker.
      if (!existsSync(kept)) throw error
    }
    rmSync(folder, { recursive: true })
  }
  const paths = readdirSync(kept, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(kept, path)).isFile())
      .map((path) => [`drizzle/${path}`, readFileSync(join(kept, path), 'utf8')]),
  )
}

/** What there is to compare in a folder that is no repository, as it lies on disk. */
export async function comparisonIn(folder: string): Promise<SchemaComparison> {
  const tree = createWorkingTree(folder, walk(folder))
  const { projects, problems } = await discoverProjects(tree, undefined)
  const [project] = projects
  if (!project) throw new Error(problems[0]?.message ?? 'there is no project')
  const migrations = readMigrationFolder(tree, project.out)
  return {
    root: folder,
    tree,
    project,
    folder: migrations,
    latest: latestSnapshot(tree, migrations),
  }
}

export async function verdictIn(
  folder: string,
  more: Partial<SchemaComparison> = {},
): Promise<Verdict> {
  return compareSchema({ ...(await comparisonIn(folder)), ...more })
}

/** A verdict in one line: `clean`, `needs: users.phone added`, `asks: column …`, `unknown: …`. */
export function inShort(verdict: Verdict): string {
  if (verdict.kind === 'same') return 'clean'
  if (verdict.kind === 'unknown') return `unknown: ${verdict.reason}`
  const { differences, ambiguous } = verdict
  if (ambiguous.length === 0) return `needs: ${differences.map(({ text }) => text).join(', ')}`
  return `asks: ${ambiguous.map((one) => `${one.kind} ${one.gone.join()} → ${one.appeared.join()}`).join(', ')}`
}
