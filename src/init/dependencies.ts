import { below } from '../drizzle/migrations/layout.ts'
import type { Setup } from '../setup/setup.ts'
import { setJson, valueAt } from '../json/edit.ts'
import type { Plan, Step } from './step.ts'

/** The version of husky that is installed where nobody manages hooks. */
export const HUSKY = '^9.1.7'

/** migration-lint in the dependencies, and husky where nobody manages hooks. */
export const dependencies: Step = {
  add(plan) {
    addDependency(plan, 'migration-lint', `^${plan.version}`)
    if (plan.setup.hooks.kind === 'none') addDependency(plan, 'husky', HUSKY)
  },
  remove({ setup, files, notes, added }) {
    const path = manifestPath(setup)
    let text = files.read(path)
    for (const name of ['migration-lint', 'husky']) {
      if (text === null || valueAt(text, ['devDependencies', name]) === undefined) continue
      if (!added.includes(name)) {
        // Whoever installed it by hand, or in another clone, may want to keep it.
        if (name === 'migration-lint' || !hasHooks(setup, files)) {
          const [help, why] = [
            uninstall(setup, name),
            'who installed it is not known in this clone',
          ]
          notes.leave(path, `${name} stays in ${path}: ${why}`, `To remove it: ${help}`)
        }
        continue
      }
      text = setJson(text, ['devDependencies', name], undefined)
      files.write(path, text, `${name} is no longer installed`)
      notes.fact(`To bring node_modules and the lock file up to date: ${setup.manager} install`)
    }
  },
}

/** Whether husky has anything to run. */
function hasHooks({ hooks, tree }: Setup, files: Plan['files']): boolean {
  if (hooks.kind !== 'husky') return true
  return tree.list(hooks.folder).some(({ path }) => (files.read(path) ?? '').trim() !== '')
}

/** The package.json that tools are installed with, relative to the root. */
export function manifestPath({ packageFolder }: Setup): string {
  return below(packageFolder, 'package.json')
}

function addDependency({ setup, files, added }: Plan, name: string, version: string): void {
  const path = manifestPath(setup)
  const text = files.read(path) ?? '{}\n'
  if (setup.manifest.dependencies[name] !== undefined) return
  if (valueAt(text, ['devDependencies', name]) !== undefined) return
  files.write(path, setJson(text, ['devDependencies', name], version), `installs ${name}`)
  added.push(name)
}

function uninstall({ manager, packageFolder }: Setup, name: string): string {
  const command = { npm: 'uninstall', pnpm: 'remove', yarn: 'remove', bun: 'remove' }[manager]
  const folder = packageFolder === '' ? '' : `cd ${packageFolder} && `
  return `${folder}${manager} ${command} ${name}`
}
