import picomatch from 'picomatch'
import { below } from '../../drizzle/migrations/layout.ts'
import { schemaFiles } from '../../drizzle/kit/schemaFiles.ts'
import { setJson, valueAt } from '../../json/edit.ts'
import { linterConfigs } from '../../setup/linters.ts'
import { Refusal } from '../refusal.ts'
import type { Plan, Step } from '../step.ts'
import { readYaml, withEntry, withoutEntry } from '../yaml.ts'

/** ESLint on staged schema files, where lint-staged runs it on none of them already. */
export const lintStaged: Step = {
  async add(plan) {
    const { files } = plan
    const place = placeOf(plan)
    if (place === null) return
    const { path, kind, keys } = place
    const text = files.read(path)!
    if (kind === 'program') {
      if (/eslint|oxlint|biome/.test(text)) return
      const command = await linter(plan)
      const lines = (await missing(plan, {})).map((file) => `'${file}': '${command}',`)
      if (lines.length === 0) return
      throw new Refusal(
        path,
        `${path} is a program and is not edited`,
        `Add to what it exports:\n${lines.join('\n')}`,
      )
    }
    const config = (kind === 'json' ? valueAt(text, keys) : readYaml(text)) ?? {}
    let next = text
    for (const file of await missing(plan, config as Record<string, unknown>)) {
      const command = await linter(plan)
      if (kind === 'json') next = setJson(next, [...keys, file], command)
      else next = withEntry(next, [], [`'${file}': ${command}`]) ?? next
    }
    if (next !== text) files.write(path, next, 'lint-staged lints schema files')
  },
  async remove(plan) {
    const { files } = plan
    const place = placeOf(plan)
    if (place === null || place.kind === 'program') return
    const { path, kind, keys } = place
    const text = files.read(path)!
    let next = text
    for (const file of await schemasOf(plan)) {
      for (const command of COMMANDS) {
        if (kind === 'yaml') next = withoutEntry(next, [], [`'${file}': ${command}`])
        else if (valueAt(next, [...keys, file]) === command)
          next = setJson(next, [...keys, file], undefined)
      }
    }
    if (next !== text) files.write(path, next, 'lint-staged no longer lints schema files')
  },
}

const COMMANDS = ['eslint', 'oxlint'] as const

interface Place {
  readonly path: string
  readonly kind: 'json' | 'yaml' | 'program'
  readonly keys: readonly string[]
}

const PROGRAMS = ['.lintstagedrc', 'lint-staged.config'].flatMap((name) =>
  ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((end) => `${name}.${end}`),
)

/** Where lint-staged is configured (https://github.com/lint-staged/lint-staged#configuration). */
function placeOf({ setup, files }: Plan): Place | null {
  const at = (name: string) => below(setup.packageFolder, name)
  const has = (name: string) => setup.tree.read(at(name)) !== undefined
  const manifest = files.read(at('package.json'))
  if (manifest !== null && typeof valueAt(manifest, ['lint-staged']) === 'object') {
    return { path: at('package.json'), kind: 'json', keys: ['lint-staged'] }
  }
  if (has('.lintstagedrc.json')) return { path: at('.lintstagedrc.json'), kind: 'json', keys: [] }
  const yaml = ['.lintstagedrc.yaml', '.lintstagedrc.yml'].find(has)
  if (yaml !== undefined) return { path: at(yaml), kind: 'yaml', keys: [] }
  if (has('.lintstagedrc')) {
    const isJson = files.read(at('.lintstagedrc'))?.trimStart().startsWith('{') === true
    return { path: at('.lintstagedrc'), kind: isJson ? 'json' : 'yaml', keys: [] }
  }
  const program = PROGRAMS.find(has)
  return program === undefined ? null : { path: at(program), kind: 'program', keys: [] }
}

/** Schema files that a linter has our rules for, from lint-staged's folder. */
async function schemasOf({ setup }: Plan): Promise<readonly string[]> {
  const { root, tree, packageFolder } = setup
  const start = packageFolder === '' ? '' : `${packageFolder}/`
  const all = await Promise.all(setup.projects.map(({ schema }) => schemaFiles(root, tree, schema)))
  return [...new Set(all.flatMap(({ files }) => files))]
    .filter(
      (file) =>
        file.startsWith(start) && linterConfigs(tree, file).some(({ kind }) => kind !== 'eslintrc'),
    )
    .map((file) => file.slice(start.length))
}

/** Those that no entry lints: by their names alone, or by their paths where a glob has a slash. */
async function missing(
  plan: Plan,
  config: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const globs = Object.entries(config)
    .filter(([, commands]) => /eslint|oxlint/.test(JSON.stringify(commands) ?? ''))
    .map(([glob]) => picomatch(glob, { dot: true, basename: !glob.includes('/') }))
  return (await schemasOf(plan)).filter((file) => !globs.some((isMatch) => isMatch(file)))
}

async function linter(plan: Plan): Promise<(typeof COMMANDS)[number]> {
  const { setup } = plan
  const [first] = await schemasOf(plan)
  const path = below(setup.packageFolder, first ?? '')
  return linterConfigs(setup.tree, path)[0]?.kind === 'oxlint' ? 'oxlint' : 'eslint'
}
