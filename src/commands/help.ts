import { FORMAT_NAMES, formatOf } from '../report/formats/table.ts'
import { OPTIONS } from './options.ts'

const INTRODUCTION = `\
migration-lint judges pending migrations of Drizzle projects before they ship.

Usage
  migration-lint [options] [file.sql ...]   check pending migrations
  migration-lint verify [options]           run them on a scratch database
  migration-lint status --url <url>         show what a database has applied
  migration-lint explain <rule>             explain a rule, and what to do
  migration-lint rules                      list the rules
  migration-lint report                     describe them for a pull request
  migration-lint init                       set up hooks, CI, ESLint and scripts
  migration-lint doctor                     show what is and is not protected
  migration-lint baseline                   accept findings in deployed SQL
  migration-lint arrived                    post-merge hook: list new migrations

Options`

const FORMATS_HEADING = `\
Formats (default: pretty; in GitHub Actions: pretty and github)`

const CODES = `\
Without --staged, --base, --all, --since or files, it judges what the working
directory has and the production branch does not.

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
