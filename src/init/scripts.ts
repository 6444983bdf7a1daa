import { scriptsOf } from '../drizzle/find/scripts.ts'
import { below } from '../drizzle/migrations/layout.ts'
import { folderOf } from '../drizzle/find/paths.ts'
import type { Project } from '../drizzle/find/project.ts'
import type { Setup } from '../setup/setup.ts'
import { setJson, valueAt } from '../json/edit.ts'
import type { Step } from './step.ts'

/** A script beside those by which a project calls drizzle-kit: `db:generate`, `db:lint`. */
export const scripts: Step = {
  add({ setup, files }) {
    for (const folder of packagesOf(setup)) {
      const path = below(folder, 'package.json')
      const text = files.read(path)
      const script = text === null ? null : scriptFor(setup, folder, text)
      if (text === null || script === null) continue
      if (Object.values(scriptsIn(text)).some((one) => /\bmigration-lint(?:\s|$)/.test(one)))
        continue
      if (valueAt(text, ['scripts', script.name]) !== undefined) continue
      files.write(
        path,
        setJson(text, ['scripts', script.name], script.command),
        `script "${script.name}"`,
      )
    }
  },
  remove({ setup, files, notes }) {
    for (const folder of packagesOf(setup)) {
      const path = below(folder, 'package.json')
      const text = files.read(path)
      const script = text === null ? null : scriptFor(setup, folder, text)
      if (text === null || script === null) continue
      const there = valueAt(text, ['scripts', script.name])
      if (there === script.command) {
        files.write(
          path,
          setJson(text, ['scripts', script.name], undefined),
          `script "${script.name}" is gone`,
        )
      } else if (typeof there === 'string' && there.includes('migration-lint')) {
        notes.leave(path, `the script "${script.name}" in ${path} was changed since and stays`)
      }
    }
  },
}

/** The packages around the projects, each once. */
function packagesOf({ tree, projects }: Setup): readonly string[] {
  return [...new Set(projects.map((project) => packageAround(tree, project)))]
}

function packageAround(tree: Setup['tree'], { config, out }: Project): string {
  for (let at = folderOf(config ?? out); ; at = folderOf(at)) {
    if (at === '' || tree.read(below(at, 'package.json')) !== undefined) return at
  }
}

/** The script in the style of those that are there; null where the project has none of its own. */
function scriptFor(
  setup: Setup,
  folder: string,
  text: string,
): { readonly name: string; readonly command: string } | null {
  const calls = scriptsOf(text, folder).filter((script) => script.calls.length > 0)
  const prefix = calls.map(({ name }) => /^(.+[:-])[\w-]+$/.exec(name)?.[1]).find(Boolean)
  if (prefix === undefined) return null
  // Yarn finds the commands of the package itself only.
  if (folder !== setup.packageFolder && setup.manager === 'yarn') return null
  const scope = folder === '' || setup.projects.length === 1 ? '' : ' --project .'
  return { name: `${prefix}lint`, command: `migration-lint${scope}` }
}

function scriptsIn(text: string): Record<string, string> {
  const value = valueAt(text, ['scripts'])
  return (value ?? {}) as Record<string, string>
}
