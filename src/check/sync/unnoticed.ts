import type { Verdict } from '../../drizzle/kit/verdict.ts'
import type { Run } from '../families.ts'
import type { ProjectReading } from '../projectReading.ts'
import type { Sync } from './difference.ts'
import { changedSubjects } from '../snapshots/changedSubjects.ts'
import { subjectByKit } from './kitsList.ts'
import { migratedCatalog } from '../migrations/migratedCatalog.ts'

/** The indexes that drizzle-kit does not see to have changed, without those that SQL has made. */
export async function unnoticedIn(
  run: Run,
  reading: ProjectReading,
  { unnoticed }: Extract<Verdict, { kind: 'same' | 'different' }>,
): Promise<Sync['unnoticed']> {
  if (unnoticed.length === 0) return []
  const { dialect } = reading.project
  const engine = await run.engineOf(reading)
  const migrated = engine && migratedCatalog(run, reading, engine, run.after)
  return unnoticed.flatMap(({ object, table, sql }) => {
    const text = sql.join('\n--> statement-breakpoint\n')
    const isMade =
      engine !== null &&
      migrated !== null &&
      sql.length > 0 &&
      changedSubjects(
        migrated,
        reading.replay(engine, migrated, [{ name: '', file: '', text }]).after,
        'change',
      ).size === 0
    const subject = subjectByKit(dialect, 'index', object, table)
    return isMade || subject === null ? [] : [{ object, subject, sql }]
  })
}
