/** One option of the command line: all that parsing it and `--help` have to know. */
export interface OptionSpec {
  /** Name of its value in `--help`; absent for a switch. */
  readonly value?: string
  /** Commands for which it is a switch all the same. */
  readonly switchFor?: readonly (typeof SUBCOMMANDS)[number][]
  readonly short?: string
  readonly multiple?: boolean
  /** Whether `explain` and `rules` know it too. */
  readonly everywhere?: boolean
  /** The commands that know it; absent for those of a check. */
  readonly commands?: readonly (typeof SUBCOMMANDS)[number][]
  readonly help: string
}

/** Sub-commands; without one, migrations are checked. */
export const SUBCOMMANDS = [
  'explain',
  'rules',
  'baseline',
  'init',
  'doctor',
  'verify',
  'report',
  'status',
  'arrived',
] as const

/** Every option, in the order of `--help`. */
export const OPTIONS: Readonly<Record<string, OptionSpec>> = {
  staged: { help: 'judge what is staged: for a pre-commit hook' },
  pushed: { value: 'old..new', help: 'judge what a push brings: for a pre-push hook' },
  'push-to': { value: 'remote:ref', help: 'with --pushed: where to, as git passes it to the hook' },
  base: { value: 'ref', help: 'compare with this ref instead of the production branch' },
  all: { help: 'judge every migration, each as its own deployment' },
  since: { value: 'tag', help: 'judge all after this migration, as one deployment' },
  project: {
    value: 'path',
    multiple: true,
    help: 'only this project (folder or config); repeatable',
  },
  only: {
    value: 'families',
    multiple: true,
    help: 'only these checks: sync, history, migration',
  },
  config: { value: 'file', help: 'the configuration, if not migration-lint.config.*' },
  cwd: { value: 'folder', help: 'work as if started in this folder' },
  format: {
    value: 'name[=file]',
    multiple: true,
    help: 'one or more of those below; name=file writes to a file',
  },
  'max-warnings': { value: 'n', help: 'exit 1 if there are more warnings than this' },
  quiet: { help: 'print errors and problems only' },
  html: {
    value: 'file',
    switchFor: ['report'],
    commands: ['report', 'verify'],
    help: 'verify: write a page to this file; report: print one',
  },
  url: {
    value: 'url',
    commands: ['status', 'verify'],
    help: 'status, verify: database URL, SQLite file, or variable',
  },
  'allow-remote': { commands: ['verify'], help: 'verify --url: allow a server on another machine' },
  'allow-superuser': {
    commands: ['verify'],
    help: 'verify --url: allow a superuser',
  },
  sizes: {
    commands: ['status'],
    help: 'status: sizes of the tables pending SQL touches',
  },
  save: { commands: ['status'], help: 'status: save the sizes for later checks' },
  timeout: {
    value: 'seconds',
    commands: ['verify'],
    help: 'verify: time limit for each statement; 60 by default',
  },
  yes: { short: 'y', commands: ['init'], help: 'init: write without asking' },
  remove: { commands: ['init'], help: 'init: remove what it wrote' },
  vscode: { commands: ['init'], help: 'init: settings for Visual Studio Code too' },
  downtime: { commands: ['init'], help: 'init: nobody uses the database while migrations run' },
  'no-color': { everywhere: true, help: 'print without colours' },
  help: { short: 'h', everywhere: true, help: 'print this' },
  version: { short: 'v', everywhere: true, help: 'print the version' },
}
