import type { Tree } from '../../git/tree.ts'
import { pathFrom } from '../../finding/relativePath.ts'
import { shellWord } from '../../finding/shellWord.ts'
import { below } from '../migrations/layout.ts'
import { type PackageManager, packageManagerOf } from './packageManager.ts'
import { folderOf, within } from './paths.ts'
import type { Project } from './project.ts'
import { packagesAround } from './projectCommand.ts'
import { scriptsOf } from './scripts.ts'

/** How a project's own scripts give drizzle-kit its environment. */
export interface ScriptEnvironment {
  /** Env files, relative to the root; the first that sets a variable wins. */
  readonly files: readonly string[]
  /** Variables that a script sets by itself. */
  readonly values: Readonly<Record<string, string>>
  /** What a script calls before drizzle-kit; null where it calls nothing. */
  readonly wrapper: ScriptWrapper | null
}

export interface ScriptWrapper {
  /** The folder of the package whose script it is, relative to the root. */
  readonly folder: string
  /** What to run migration-lint by, in that folder: `pnpm with-env`. */
  readonly command: string
  /** The program that fetches secrets, which nobody starts unasked: `op run`; null for env files. */
  readonly fetches: string | null
}

/**
 * Reads what the scripts around a project put before `drizzle-kit`: dotenv-cli, dotenvx, env-cmd,
 * `--env-file`, `source`, assignments, and scripts that do one of these for others (`with-env`).
 *
 * @param tree - where package.json files are looked for
 */
export function scriptEnvironment(
  tree: Tree,
  { config, out }: Pick<Project, 'config' | 'out'>,
): ScriptEnvironment {
  const files = new Set(tree.list('').map(({ path }) => path))
  const folders = packagesAround(folderOf(config ?? out), (path) => files.has(path))
  for (const folder of folders) {
    const manifest = tree.read(below(folder, 'package.json'))?.toString('utf8') ?? ''
    const scripts = new Map(scriptsOf(manifest, folder).map(({ name, text }) => [name, text]))
    const calls = [...scripts.values()].flatMap((text) => kitCalls(text, scripts))
    const generating = calls.filter(({ after }) => /^\s+generate\b/.test(after))
    const found = (generating.length > 0 ? generating : calls).map((call) =>
      environmentOf(call, folder, packageManagerOf(tree, folder)),
    )
    const all = found.filter((one) => saysAnything(one))
    if (all.length === 0) continue
    return {
      files: [...new Set(all.flatMap((one) => one.files))],
      values: Object.assign({}, ...all.map(({ values }) => values)) as Record<string, string>,
      wrapper: all.find(({ wrapper }) => wrapper !== null)?.wrapper ?? null,
    }
  }
  return { files: [], values: {}, wrapper: null }
}

/**
 * The command that runs migration-lint as a project runs drizzle-kit.
 *
 * @param program - how migration-lint is called in the wrapper's folder
 * @param here - where it is run, relative to the root
 */
export function wrappedCommand(
  { folder, command }: ScriptWrapper,
  program: string,
  here: string,
): string {
  const change = folder === here ? '' : `cd ${shellWord(pathFrom(here, folder))} && `
  return `${change}${command} ${program}`
}

function saysAnything({ files, values, wrapper }: ScriptEnvironment): boolean {
  return files.length > 0 || Object.keys(values).length > 0 || wrapper !== null
}

/** One call of drizzle-kit in a script. */
interface Call {
  /** What the command says before the word drizzle-kit, as it stands there. */
  readonly written: string
  /** The same with the scripts in it spelled out, and the commands before it. */
  readonly before: string
  readonly after: string
}

function kitCalls(text: string, scripts: ReadonlyMap<string, string>): readonly Call[] {
  const commands = text.split(/&&|\|\||;/)
  return commands.flatMap((command, i) => {
    const [, written, after] =
      /^(.*?)(?:\S*\/)?drizzle-kit(?:\/bin\.cjs)?(?=\s|$)(.*)$/s.exec(command) ?? []
    if (written === undefined) return []
    const isProgram = /drizzle-kit\/bin\.cjs/.test(command)
    return [
      {
        written: isProgram ? '' : written.trim(),
        before: [...commands.slice(0, i), spelledOut(written, scripts)].join(' ; '),
        after: after ?? '',
      },
    ]
  })
}

const SCRIPT_CALL =
  /^\s*(?:pnpm|yarn|npm|bun)(?:\s+(?:-s|--silent))?(?:\s+run)?\s+([\w:.-]+)(?:\s+--(?=\s))?/

/** `pnpm with-env` with what that script is: `dotenv -e ../../.env --`. */
function spelledOut(written: string, scripts: ReadonlyMap<string, string>): string {
  const [start = '', name = ''] = SCRIPT_CALL.exec(written) ?? []
  const text = scripts.get(name)
  return text === undefined ? written : `${text} ${written.slice(start.length)}`
}

/** Programs that ask somebody or something for secrets. */
const FETCHING =
  /(?:^|\s)(op run|doppler run|infisical run|aws-vault exec|chamber exec|sops exec-env|teller run|phase run|varlock run|fnox exec|bws run|esc run|pulumi env run|railway run|vercel env run|heroku local|sst shell|envconsul|vault)(?=\s|$)/

function environmentOf(
  { written, before }: Call,
  folder: string,
  manager: PackageManager,
): ScriptEnvironment {
  const fetches = FETCHING.exec(before)?.[1] ?? null
  const named = fetches === null ? filesIn(before) : []
  const files = named.flatMap((path) => within(folder, path) ?? [])
  const isWrapper = written !== '' && (fetches !== null || named.length > 0)
  const command = commandOf(written, manager)
  return {
    files,
    values: assignmentsIn(before),
    wrapper: isWrapper && command !== null ? { folder, command, fetches } : null,
  }
}

/** Installed programs are found only through the package manager. */
function commandOf(written: string, manager: PackageManager): string | null {
  if (/[$`|<>]/.test(written)) return null
  if (/^npm\s+run\s/.test(written)) return /\s--$/.test(written) ? written : `${written} --`
  if (/^(?:pnpm|npm|yarn|bun|npx|bunx|op|doppler|infisical)\s/.test(written)) return written
  const runner = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' }[manager]
  return `${runner} ${written}`
}

/** The env files that the words before a program name, in the order in which they are read. */
function filesIn(text: string): readonly string[] {
  const words = wordsIn(text)
  const found: string[] = []
  for (const [i, word] of words.entries()) {
    const [, option, value] =
      /^(--env-file(?:-if-exists)?|-e|-f|--file)(?:=(.*))?$/.exec(word) ?? []
    const next = words[i + 1] ?? ''
    if (option !== undefined) {
      const isOurs = option.startsWith('--env-file') || toolBefore(words, i) !== null
      if (isOurs) found.push(value ?? next)
    } else if (word === '-c' && toolBefore(words, i) === 'dotenv') {
      const name = /^[\w-]+$/.test(next) && !next.startsWith('-') ? next : null
      found.push(
        ...(name === null ? [] : [`.env.${name}.local`]),
        '.env.local',
        ...(name === null ? [] : [`.env.${name}`]),
        '.env',
      )
    } else if (word === 'source' || word === '.') {
      found.push(next)
    } else if (TOOL.test(word) && !hasFileOption(words, i)) {
      found.push('.env')
    }
  }
  return [...found, ...[...text.matchAll(/\$\(\s*cat\s+([^\s|)]+)/g)].map(([, path]) => path!)]
}

const TOOL = /^(?:dotenv|dotenvx|env-cmd|dotenv-cli)$/

/** The program whose option stands at a place: the nearest before it, up to its `--`. */
function toolBefore(words: readonly string[], at: number): string | null {
  for (let i = at - 1; i >= 0 && words[i] !== ';' && words[i] !== '--'; i--) {
    if (TOOL.test(words[i]!)) return words[i]!
  }
  return null
}

function hasFileOption(words: readonly string[], at: number): boolean {
  const rest = words.slice(at + 1)
  const end = rest.findIndex((word) => word === '--' || word === ';' || TOOL.test(word))
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .some((word) => /^(?:-e|-f|-c|--file|--env-file.*)(?:=|$)/.test(word))
}

/** `A=b` before a program, also behind cross-env; what the shell would expand is left out. */
function assignmentsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    wordsIn(text).flatMap((word) => {
      const [, name, value] = /^([A-Z_][A-Z0-9_]*)=([^$`]*)$/.exec(word) ?? []
      return name === undefined ? [] : [[name, value!] as const]
    }),
  )
}

function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(
      /"([^"]*)"|'([^']*)'/g,
      (_, double: string | undefined, single: string | undefined) => double ?? single ?? '',
    ),
  )
}
