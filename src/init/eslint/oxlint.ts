import { schemaFiles } from '../../drizzle/kit/schemaFiles.ts'
import { setJson, valueAt } from '../../json/edit.ts'
import { linterConfigs } from '../../setup/linters.ts'
import type { Plan, Step } from '../step.ts'

const PLUGIN = 'migration-lint/eslint'

/** The rules on schema files in the configuration of oxlint, which lints no SQL. */
export const oxlint: Step = {
  async add(plan) {
    const { files, schemaRules } = plan
    for (const path of await configs(plan)) {
      const text = files.read(path)
      if (text === null) continue
      let next = text
      const plugins = valueAt(text, ['jsPlugins'])
      const isThere = JSON.stringify(plugins ?? []).includes('migration-lint')
      if (!isThere)
        next = setJson(
          next,
          Array.isArray(plugins) ? ['jsPlugins', -1] : ['jsPlugins'],
          Array.isArray(plugins) ? PLUGIN : [PLUGIN],
        )
      for (const name of isThere ? [] : schemaRules) {
        const key = ['rules', `migration-lint/${name}`]
        if (valueAt(next, key) === undefined) next = setJson(next, key, 'warn')
      }
      if (next !== text) files.write(path, next, 'lints schema files')
    }
  },
  async remove(plan) {
    const { files, schemaRules } = plan
    for (const path of await configs(plan)) {
      const text = files.read(path)
      if (text === null) continue
      let next = text
      for (const name of schemaRules) {
        const key = ['rules', `migration-lint/${name}`]
        if (valueAt(next, key) === 'warn') next = setJson(next, key, undefined)
      }
      const plugins = valueAt(next, ['jsPlugins'])
      const at = Array.isArray(plugins) ? plugins.indexOf(PLUGIN) : -1
      if (at >= 0) next = setJson(next, ['jsPlugins', at], undefined)
      if (next !== text) files.write(path, next, 'no longer has our rules')
    }
  },
}

async function configs({ setup }: Plan): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const { schema } of setup.projects) {
    const { files } = await schemaFiles(setup.root, setup.tree, schema)
    const config =
      files[0] && linterConfigs(setup.tree, files[0]).find(({ kind }) => kind === 'oxlint')
    if (config) found.add(config.file)
  }
  return [...found]
}
