import { resolve } from 'node:path'
import { didYouMean } from '../config/closest.ts'
import type { RuleFamily } from '../config/config.ts'
import { FAMILIES } from '../config/families.ts'
import type { CheckOptions } from '../check/options.ts'
import type { VerifySettings } from '../check/verification/settings.ts'
import type { DoctorArguments } from './doctor.ts'
import type { InitArguments } from './initArguments.ts'
import type { StatusArguments } from './status.ts'
import { readUrl } from './url.ts'
import { type RequestedFormat, readFormats } from './formats.ts'
import { OPTIONS } from './options.ts'
import { readSelection } from './selection.ts'
import { tokenize, type Tokens } from './tokens.ts'
import { usageError } from './usage.ts'

/** How the outcome of a check is to be shown. */
export interface OutputOptions {
  /** None: what suits where it runs. */
  readonly formats: readonly RequestedFormat[]
  readonly quiet: boolean
  /** More warnings than this are an error; null: any number is fine. */
  readonly maxWarnings: number | null
}

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'explain'; readonly rule: string; readonly noColor: boolean }
  | { readonly kind: 'rules'; readonly noColor: boolean }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'baseline'; readonly check: CheckOptions }
  | { readonly kind: 'doctor'; readonly doctor: DoctorArguments; readonly noColor: boolean }
  | { readonly kind: 'init'; readonly init: InitArguments; readonly noColor: boolean }
  | {
      readonly kind: 'verify'
      readonly check: CheckOptions
      readonly verify: VerifySettings
      readonly output: OutputOptions
      readonly noColor: boolean
    }
  | {
      readonly kind: 'status'
      readonly check: CheckOptions
      readonly status: StatusArguments
      readonly noColor: boolean
    }
  | {
      readonly kind: 'check'
      readonly check: CheckOptions
      readonly output: OutputOptions
      readonly noColor: boolean
    }

/**
 * What a command line asks for.
 *
 * @param args - without node and the script
 * @param cwd - what relative paths are relative to, unless `--cwd` says otherwise
 * @param env - handed on to `check`
 * @throws ProblemError, one line, where it asks for nothing that makes sense
 */
export function parseArguments(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Command {
  const tokens = tokenize(args)
  const { values, positionals } = tokens
  if (values.has('help')) return { kind: 'help' }
  if (values.has('version')) return { kind: 'version' }
  const noColor = values.has('no-color')
  const [first, ...rest] = positionals
  if (first === 'explain' || first === 'rules' || first === 'arrived') {
    rejectCheckOptions(first, values)
    const [word, ...more] = rest
    if (first !== 'explain') {
      if (word !== undefined) throw usageError(`"${first}" takes no argument, but got "${word}"`)
      return first === 'rules' ? { kind: 'rules', noColor } : { kind: 'arrived' }
    }
    if (word === undefined || more.length > 0) {
      throw usageError('"explain" takes the name of one rule; migration-lint rules lists them')
    }
    return { kind: 'explain', rule: word, noColor }
  }
  if (first === 'baseline') {
    rejectCheckOptions(first, values, ['cwd', 'config', 'base'])
    if (rest[0] !== undefined)
      throw usageError(`"baseline" takes no argument, but got "${rest[0]}"`)
  }
  const base = resolve(cwd, one(values, 'cwd') ?? '.')
  const config = one(values, 'config')
  if (first === 'init' || first === 'doctor') {
    const own = first === 'init' ? ['yes', 'remove', 'vscode', 'downtime'] : []
    rejectCheckOptions(first, values, ['cwd', 'config', 'format', ...own])
    if (rest[0] !== undefined)
      throw usageError(`"${first}" takes no argument, but got "${rest[0]}"`)
    const common = {
      cwd: base,
      config: config === null ? null : resolve(base, config),
      env,
      json: isJson(first, values),
    }
    if (first === 'doctor') return { kind: 'doctor', doctor: common, noColor }
    const asked = {
      remove: values.has('remove'),
      yes: values.has('yes'),
      vscode: values.has('vscode'),
      downtime: values.has('downtime'),
    }
    return { kind: 'init', init: { ...common, ...asked }, noColor }
  }
  if (first === 'verify') {
    rejectCheckOptions(first, values, VERIFY_OPTIONS)
    const check: CheckOptions = {
      cwd: base,
      selection: readSelection({ values, positionals: rest }, base),
      projects: values.get('project') ?? [],
      only: ['migration'],
      config: config === null ? null : resolve(base, config),
      env,
    }
    const url = one(values, 'url')
    const server = url !== null && {
      url: readUrl(first, url, env),
      allowRemote: values.has('allow-remote'),
      allowSuperuser: values.has('allow-superuser'),
    }
    const verify = {
      patience: seconds(one(values, 'timeout')) * 1000,
      ...(server && { server }),
    }
    const html = one(values, 'html')
    const pages = html === null ? [] : [`html=${html}`]
    return { kind: 'verify', check, verify, output: outputOf(values, base, pages), noColor }
  }
  if (first === 'report') {
    const own = ['cwd', 'config', 'base', 'all', 'since', 'project', 'only', 'quiet', 'html']
    rejectCheckOptions(first, values, own)
    const check: CheckOptions = {
      cwd: base,
      selection: readSelection({ values, positionals: rest }, base),
      projects: values.get('project') ?? [],
      only: families(values.get('only')),
      config: config === null ? null : resolve(base, config),
      env,
    }
    const name = values.has('html') ? 'html' : 'report'
    const output = { ...outputOf(values, base), formats: [{ name, file: null } as const] }
    return { kind: 'check', check, output, noColor }
  }
  if (first === 'status') {
    const own = ['url', 'sizes', 'save']
    rejectCheckOptions(first, values, ['cwd', 'config', 'project', 'format', ...own])
    if (rest.length > 0)
      throw usageError('"status" takes no argument: give the database with --url')
    const status: StatusArguments = {
      url: readUrl(first, one(values, 'url'), env),
      sizes: values.has('sizes') || values.has('save'),
      save: values.has('save'),
      json: isJson(first, values),
    }
    const check: CheckOptions = {
      cwd: base,
      selection: { kind: 'all' },
      projects: values.get('project') ?? [],
      only: ['migration'],
      config: config === null ? null : resolve(base, config),
      env,
    }
    return { kind: 'status', check, status, noColor }
  }
  for (const name of values.keys()) {
    const { commands } = OPTIONS[name]!
    if (commands !== undefined) throw usageError(`--${name} is for ${inWords(commands)} alone`)
  }
  const check: CheckOptions = {
    cwd: base,
    selection: readSelection(first === 'baseline' ? { values, positionals: [] } : tokens, base),
    projects: values.get('project') ?? [],
    only: families(values.get('only')),
    config: config === null ? null : resolve(base, config),
    env,
  }
  if (first === 'baseline') return { kind: 'baseline', check }
  return {
    kind: 'check',
    check,
    output: outputOf(values, base),
    noColor,
  }
}

const VERIFY_OPTIONS = [
  'cwd',
  'config',
  'base',
  'all',
  'since',
  'project',
  'format',
  'max-warnings',
  'quiet',
  'timeout',
  'url',
  'allow-remote',
  'allow-superuser',
  'html',
]

/** @param more - formats that other options ask for */
function outputOf(values: Values, base: string, more: readonly string[] = []): OutputOptions {
  return {
    formats: readFormats([...(values.get('format') ?? []), ...more], base),
    quiet: values.has('quiet'),
    maxWarnings: maxWarnings(one(values, 'max-warnings')),
  }
}

/** What a statement gets where nobody says otherwise. */
const TIMEOUT = 60

function seconds(given: string | null): number {
  if (given === null) return TIMEOUT
  if (!/^\d+(?:\.\d+)?$/.test(given) || Number(given) === 0) {
    throw usageError(`--timeout must be a number of seconds, not "${given}"`)
  }
  return Number(given)
}

function inWords(commands: readonly string[]): string {
  return commands.map((name) => `"${name}"`).join(' and ')
}

type Values = Tokens['values']

function one(values: Values, name: string): string | null {
  return values.get(name)?.[0] ?? null
}

function rejectCheckOptions(command: string, values: Values, known: readonly string[] = []): void {
  for (const name of values.keys()) {
    if (!OPTIONS[name]!.everywhere && !known.includes(name))
      throw usageError(`--${name} does not apply to "${command}"`)
  }
}

function families(given: readonly string[] | undefined): RuleFamily[] | null {
  if (given === undefined) return null
  const words = given.flatMap((list) => list.split(',')).map((word) => word.trim())
  const unknown = words.find((word) => !FAMILIES.some((family) => family === word))
  if (unknown !== undefined) {
    const remedy = didYouMean(unknown, FAMILIES) || `; there are ${FAMILIES.join(', ')}`
    throw usageError(`unknown family "${unknown}" in --only${remedy}`)
  }
  return FAMILIES.filter((family) => words.includes(family))
}

/** What sets up and diagnoses is no outcome of a check: most formats have no place for it. */
function isJson(command: string, values: Values): boolean {
  const [format, ...more] = readFormats(values.get('format') ?? [], '')
  if (format === undefined) return false
  const isKnown = format.name === 'json' || format.name === 'pretty'
  if (!isKnown || format.file !== null || more.length > 0) {
    throw usageError(`"${command}" prints one format: pretty or json`)
  }
  return format.name === 'json'
}

function maxWarnings(given: string | null): number | null {
  if (given === null) return null
  if (!/^\d+$/.test(given)) {
    throw usageError(`--max-warnings must be a whole number, not "${given}"`)
  }
  return Number(given)
}
