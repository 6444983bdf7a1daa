import { drizzleConfig, snapshot, type Files } from '../projects.ts'

/** A migration of a 0.x folder; what is left out is as drizzle-kit would have written it. */
export interface Entry {
  readonly tag: string
  readonly sql?: string
  readonly when?: number
  readonly idx?: number
  /** Tag that its snapshot names as the parent. */
  readonly parent?: string | null
  /** Whether the SQL, the snapshot, the entry are there. */
  readonly without?: readonly ('sql' | 'snapshot' | 'entry')[]
}

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1)

/** The time of the nth entry that says none. */
export function day(n: number): number {
  return START + n * DAY
}

/** A project with a migrations folder of drizzle-kit 0.x. */
export function history(
  entries: readonly Entry[],
  { dialect = 'postgresql', config = drizzleConfig('./drizzle', dialect) } = {},
): Files {
  const files: Record<string, string> = { 'drizzle.config.ts': config }
  const journal = entries.flatMap(({ tag, when, idx, without }, i) =>
    without?.includes('entry')
      ? []
      : [{ idx: idx ?? i, version: '7', when: when ?? day(i), tag, breakpoints: true }],
  )
  files['drizzle/meta/_journal.json'] = JSON.stringify(
    { version: '7', dialect, entries: journal },
    null,
    2,
  )
  entries.forEach(({ tag, sql, parent, without }, i) => {
    if (!without?.includes('sql'))
      files[`drizzle/${tag}.sql`] = sql ?? `CREATE TABLE "t_${tag}" ("id" int);`
    if (without?.includes('snapshot')) return
    const before = parent === undefined ? (entries[i - 1]?.tag ?? null) : parent
    files[`drizzle/meta/${tag.split('_')[0]}_snapshot.json`] = snapshot(tag, before, dialect)
  })
  return files
}
