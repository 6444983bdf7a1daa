import { below } from '../../drizzle/migrations/layout.ts'
import { folderOf } from '../../drizzle/find/paths.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { pushesInScripts, pushesInWorkflow, pushScripts } from '../../drizzle/find/push.ts'
import type { PushCommand } from './history.ts'
import type { Run } from '../families.ts'

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/

/**
 * Where `drizzle-kit push` is run on more than somebody's own database: in the scripts of the
 * project's package and of the root, and in the workflows of the repository. Files that a deployment
 * does not change are none of its business.
 *
 * @param isTouched - whether findings on a file are reported
 */
export function pushesOf(
  run: Run,
  { config, out }: Project,
  isTouched: (path: string) => boolean,
): readonly PushCommand[] {
  const { after, deployed, claimed } = run
  const packages = [...new Set([packageOf(run, folderOf(config ?? out)), 'package.json'])]
  const workflows = after
    .list('.github/workflows')
    .map(({ path }) => path)
    .filter((path) => WORKFLOW.test(path))
  const files = [...packages, ...workflows, '.gitlab-ci.yml'].filter((path) => !claimed.has(path))
  if (!files.some(isTouched)) return []
  const texts = after.readAll([...files, ...packages])
  const scripts = new Set(
    packages.flatMap((path) => pushScripts(texts.get(path)?.toString('utf8') ?? '')),
  )
  return files.flatMap((path): readonly PushCommand[] => {
    const text = texts.get(path)?.toString('utf8')
    if (text === undefined || !isTouched(path)) return []
    claimed.add(path)
    if (deployed?.read(path)?.toString('utf8') === text) return []
    const found = path.endsWith('.json')
      ? pushesInScripts(text)
      : pushesInWorkflow(text, path, scripts)
    return found.map((push) => ({ file: path, ...push }))
  })
}

function packageOf({ after }: Run, folder: string): string {
  for (let at = folder; at !== ''; at = folderOf(at)) {
    if (after.read(below(at, 'package.json'))) return below(at, 'package.json')
  }
  return 'package.json'
}
