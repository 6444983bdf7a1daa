import type { CheckResult } from '../src/check/result.ts'

/** A fault of the corpus's README that can be seen without running SQL. */
export interface KnownFault {
  readonly project: string
  readonly kind: string
  /** The migration, as far as the README names it. */
  readonly name: string
}

/** The rules that may speak of a fault. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  missing_snapshot: ['missing-snapshot', 'snapshot-chain'],
  tag_prefix_ne_idx: ['journal-index'],
  idx_ne_position: ['journal-index'],
  orphan_sql: ['orphan-migration-file'],
  dup_prefix: ['orphan-migration-file', 'journal-index'],
  prevId_unknown: ['snapshot-chain', 'missing-snapshot'],
  chain_order: ['snapshot-chain', 'missing-snapshot'],
  when_not_monotonic: ['journal-order'],
  when_in_future: ['journal-in-future'],
  bad_timestamp: ['migration-folder-name'],
  fork_prevId: ['snapshot-fork'],
  multiple_leaves: ['snapshot-fork'],
}

/** Reads "Known faults" of the corpus's README. */
export function knownFaults(readme: string): readonly KnownFault[] {
  const faults: KnownFault[] = []
  let project = ''
  for (const line of readme.slice(readme.indexOf('## Known faults')).split('\n')) {
    project = /^- \*\*(.+?)\*\*/.exec(line)?.[1]?.replace('/', '+') ?? project
    const [, kind, text] = /^ {2}- (\w+): (.*)$/.exec(line) ?? []
    if (kind === undefined || text === undefined || !RULES[kind]) continue
    const named =
      kind === 'multiple_leaves'
        ? text.split(/[\s,]+/).filter((word) => /^\d{14}_/.test(word))
        : null
    for (const one of named ?? text.split('; ')) {
      // Of a fork the second one is the end that was left open.
      const name = [...one.matchAll(/\d{4,}[\w-]*/g)].at(kind === 'fork_prevId' ? 1 : 0)?.[0]
      if (name !== undefined && !one.startsWith('…'))
        faults.push({ project, kind, name: name.replace(/_snapshot$/, '') })
    }
  }
  return faults
}

/** How many of the faults the findings speak of. */
export function recall(
  faults: readonly KnownFault[],
  judged: ReadonlyMap<string, CheckResult>,
): readonly {
  readonly kind: string
  readonly total: number
  readonly missed: readonly string[]
}[] {
  return Object.entries(RULES).map(([kind, rules]) => {
    const own = faults.filter((fault) => fault.kind === kind)
    const missed = own.filter(({ project, name }) => {
      const findings =
        judged.get(project)?.findings.filter(({ rule }) => rules.includes(rule)) ?? []
      return !findings.some(({ message, migration }) => speaksOf(kind, message, migration, name))
    })
    return {
      kind,
      total: own.length,
      missed: missed.map(({ project, name }) => `${project} ${name}`),
    }
  })
}

function speaksOf(kind: string, message: string, migration: string | null, name: string): boolean {
  if (
    migration === name ||
    migration?.startsWith(`${name}_`) ||
    message.includes(`${name.replace(/^(\d{4})$/, '$1_')}`)
  )
    return true
  // One gap shifts all that follow: it is said once, at the first.
  if (kind === 'idx_ne_position')
    return message.includes('The journal goes from') && (migration ?? '') <= name
  const [, first = '', last = ''] =
    /(\d{4}[\w-]*) to (\d{4}[\w-]*) \(\d+ migrations\)/.exec(message) ?? []
  return first !== '' && first <= name && name <= last
}
