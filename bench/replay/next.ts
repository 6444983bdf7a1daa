import { dirname, join } from 'node:path'
import { git } from './repository.ts'
import type { Row } from './row.ts'
import type { Subject } from './subjects.ts'

/** What became of something that a commit left missing. */
export interface Next {
  readonly commit: string
  readonly date: string
  readonly verdict: string
  /** The later commit whose migrations, with those before them, name all that was missing. */
  readonly migration: { readonly commit: string; readonly date: string } | null
  /** The next replayed commit at which generate has nothing to write. */
  readonly inStep: string | null
}

/** What the repository did after a commit that the tool blocks; null for the others. */
export function whatCameNext(
  row: Row,
  all: readonly Row[],
  subject: Subject,
  clone: string,
): Next | null {
  const { commit, date, tool, config, oracle } = row
  if (tool.kind !== 'needs' && tool.kind !== 'ambiguous') return null
  const unit = subject.units.find((one) => one.config === config)!
  const after = all.slice(all.indexOf(row) + 1)
  const inStep =
    after.find((one) => one.config === config && one.oracle.kind === 'nothing')?.commit ?? null
  const missing = new Set([...oracle.text.matchAll(NAMED)].map(([, name]) => name!))
  const next = { commit, date, verdict: tool.kind, inStep }
  if (oracle.kind !== 'writes') return { ...next, migration: null }
  const out = join(dirname(config), unit.out)
  const log = git(clone, [
    'log',
    '--first-parent',
    '-m',
    '--no-renames',
    '--reverse',
    '--diff-filter=A',
    '--name-only',
    '--format=commit %H %cs',
    `${commit}..HEAD`,
    '--',
    out,
  ])
  for (const block of log.split(/^commit /m).slice(1)) {
    const [head = '', ...files] = block.split('\n').filter(Boolean)
    const [later = '', on = ''] = head.split(' ')
    for (const file of files.filter((one) => one.endsWith('.sql'))) {
      const sql = git(clone, ['show', `${later}:${file}`])
      for (const name of missing) if (sql.includes(name)) missing.delete(name)
    }
    if (missing.size === 0 && files.some((one) => one.endsWith('.sql')))
      return { ...next, migration: { commit: later, date: on } }
  }
  return { ...next, migration: null }
}

const NAMED = /(?:TABLE|COLUMN|TYPE|INDEX|ADD|CONSTRAINT)\s+(?:IF (?:NOT )?EXISTS )?["`](\w+)["`]/g
