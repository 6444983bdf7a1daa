/** A journal of drizzle-kit 0.31 with one entry a day. */
export function journal(
  tags: readonly string[],
  dialect = 'postgresql',
  start = Date.UTC(2026, 0, 1),
): string {
  const entries = tags.map((tag, idx) => ({
    idx,
    version: '7',
    when: start + idx * 86_400_000,
    tag,
    breakpoints: true,
  }))
  return JSON.stringify({ version: '7', dialect, entries })
}

/** A journal with times of one's own. */
export function journalOf(
  entries: readonly (readonly [tag: string, when: number])[],
  dialect = 'postgresql',
): string {
  const all = entries.map(([tag, when], idx) => ({
    idx,
    version: '7',
    when,
    tag,
    breakpoints: true,
  }))
  return JSON.stringify({ version: '7', dialect, entries: all })
}

/** The files of a migrations folder of drizzle-kit 0.31. */
export function journaled(
  out: string,
  tags: readonly string[],
  dialect?: string,
): Record<string, string> {
  const files: Record<string, string> = { [`${out}/meta/_journal.json`]: journal(tags, dialect) }
  for (const tag of tags) files[`${out}/${tag}.sql`] = `-- ${tag}`
  return files
}

/** The files of a migrations folder of drizzle-kit 1.0. */
export function folders(
  out: string,
  names: readonly string[],
  dialect = 'postgres',
): Record<string, string> {
  const files: Record<string, string> = {}
  for (const name of names) {
    files[`${out}/${name}/migration.sql`] = `-- ${name}`
    files[`${out}/${name}/snapshot.json`] = JSON.stringify({ version: '8', dialect })
  }
  return files
}
