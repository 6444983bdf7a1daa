import { FORMAT_NAMES, formatOf } from '../report/formats/table.ts'
import { OPTIONS } from './options.ts'

const INTRODUCTION = `\
migration-lint judges the pending migrations of Drizzle projects before they ship.

Usage
  migration-lint [options] [file.sql ...]   check migrations
  migration-lint verify [options]           run what is pending on a database of its own
  migration-lint status --url <url>         what a database has applied, and what will be skipped
  migration-lint explain <rule>             what a rule reports, why, and what to do instead
  migration-lint rules                      list the rules
  migration-lint report                     what is pending, as the section of a pull request
  migration-lint init                       set this repository up: hooks, CI, ESLint, scripts
  migration-lint doctor                     what protects this repository and what does not
  migration-lint baseline                   set aside what deployed migrations have wrong
  migration-lint arrived                    which migrations the last merge brought: for post-merge

Options`

const FORMATS_HEADING = `\
Formats (in GitHub Actions, pretty and github where none is given for standard output)`

const CODES = `\
Without --staged, --base, --all, --since or files it judges what the working directory has and
the production branch does not.

Exit codes
  0  nothing found, or warnings only
  1  an error was found, or more warnings than --max-warnings
  2  something could not be checked`

/** The text of `--help`. */
export function helpText(): string {
  const rows = Object.entries(OPTIONS).map(([name, { value, short, help }]) => {
    const flag = short === undefined ? `--${name}` : `-${short}, --${name}`
    return [value === undefined ? flag : `${flag} <${value}>`, help] as const
  })
  const width = Math.max(...rows.map(([flag]) => flag.length))
  const options = rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`)
  const wide = Math.max(...FORMAT_NAMES.map((name) => name.length))
  const formats = FORMAT_NAMES.map((name) => `  ${name.padEnd(wide)}  ${formatOf(name).reader}`)
  const parts = [[INTRODUCTION, ...options], [FORMATS_HEADING, ...formats], [CODES]]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
