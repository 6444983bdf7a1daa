import { statSync } from 'node:fs'
import { join } from 'node:path'
import { folderOf } from '../../drizzle/find/paths.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { builtFiles } from '../../drizzle/kit/schemaFiles.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { buildOf } from '../../drizzle/packages/buildCommand.ts'
import { pathFrom } from '../../finding/relativePath.ts'
import type { Tree } from '../../git/tree.ts'
import type { Run } from '../families.ts'

/**
 * What has to be said where the schema was compared as a build left it, which git ignores: always
 * where the schema itself is such a file, of what it imports only where it is older than its source.
 */
export async function buildNotices(
  run: Run,
  project: Project,
  { built }: Verdict,
): Promise<readonly string[]> {
  if (built.length === 0) return []
  const { root, after, here } = run
  const own = new Set(await builtFiles(root, after, project.schema))
  const stale = built.flatMap((path) => {
    const source = sourceOf(after, path)
    return source !== null && isOlder(root, path, source) ? [{ path, source }] : []
  })
  const [first] = stale
  const path = first?.path ?? built.find((one) => own.has(one))
  if (path === undefined) return []
  const shown = pathFrom(here, path)
  const what = first
    ? `was compared with the build in ${shown}, which is older than ${pathFrom(here, first.source)}`
    : `is a build that git ignores (${shown}) and was compared as it is on disk, which may be stale`
  const command = buildOf(after, path, here)
  const advice = command === null ? 'Build it' : `Build it (${command})`
  return [`${project.name}: the schema ${what}. ${advice} and check again.`]
}

/** The files in git that some builds were made of, as far as their names tell. */
export function sourcesOf(tree: Tree, built: readonly string[]): readonly string[] {
  return built.flatMap((path) => sourceOf(tree, path) ?? [])
}

/** `dist/src/schema.js` and `dist/schema.js` are made of `src/schema.ts`, or of `schema.ts`. */
function sourceOf(tree: Tree, built: string): string | null {
  const stem = built.replace(/\.[mc]?[jt]sx?$/, '')
  for (let output = folderOf(stem); output !== ''; output = folderOf(output)) {
    const rest = stem.slice(output.length + 1)
    const home = folderOf(output)
    const bases = ['', 'src/'].map((folder) => `${home === '' ? '' : `${home}/`}${folder}${rest}`)
    const candidates = bases.flatMap((base) =>
      ['ts', 'tsx', 'mts', 'cts'].map((end) => `${base}.${end}`),
    )
    const [source] = tree.readAll(candidates).keys()
    if (source !== undefined) return source
  }
  return null
}

function isOlder(root: string, built: string, source: string): boolean {
  const [made, edited] = [built, source].map(
    (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs,
  )
  return made !== undefined && edited !== undefined && made < edited
}
