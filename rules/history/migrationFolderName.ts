import { defineHistoryRule } from '../../src/check/history/history.ts'
import { sqlPlace } from './places.ts'

export const migrationFolderName = defineHistoryRule({
  name: 'migration-folder-name',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description:
        'A migration folder of drizzle-kit 1.0 does not start with its time, or sorts before its parent',
      why: `1.0's migrator has no journal: it runs the folders in the order of their names and reads a time from the first 14 characters. Without 14 digits there it stores "NaN" and fails. A folder that sorts before the one it was generated from runs before it on every new database, where it may alter a table that does not exist yet; databases that already have the parent do not notice.`,
      instead: `Let \`drizzle-kit generate\` name the folder (\`20261120172853_name\`, UTC). One that is not deployed can be renamed; a deployed one must keep its name, or it runs again.`,
      category: 'cannot-run',
    },
    messages: {
      noTime: {
        message:
          '{{migration}} does not start with a time (14 digits), which the migrator needs to record it: the deployment fails.',
        help: 'Rename the folder to <YYYYMMDDHHMMSS>_<name>, in UTC, if it is not deployed.',
      },
      noSuchTime: {
        severity: 'warn',
        message:
          '{{migration}} starts with a time that does not exist ({{digits}}): the migrator records {{read}} for it.',
        help: 'Let drizzle-kit generate name the folder; rename it only if it is not deployed.',
      },
      beforeParent: {
        message:
          '{{migration}} was generated from {{other}} but sorts before it, so a new database runs them in the wrong order.',
        help: 'Delete {{migration}} and generate it again if it is not deployed; else acknowledge this with the reason.',
      },
    },
  },
  check(history, report) {
    const { after, snapshots, isNew } = history
    if (after.layout !== 'folders') return
    const byId = new Map(
      after.migrations.map((migration) => [
        snapshots.get(migration.snapshot)?.id ?? migration,
        migration,
      ]),
    )
    for (const migration of after.migrations) {
      if (!isNew(migration) || !migration.hasSql) continue
      const place = { object: null, ...sqlPlace(history, migration) }
      const digits = /^\d{14}/.exec(migration.name)?.[0]
      const read = digits === undefined ? null : secondOf(digits)
      if (digits === undefined) report({ ...place, messageId: 'noTime' })
      else if (read !== digits)
        report({ ...place, messageId: 'noSuchTime', data: { digits, read: read ?? 'nothing' } })
      for (const id of snapshots.get(migration.snapshot)?.prevIds ?? []) {
        const parent = byId.get(id)
        if (!parent || parent.position <= migration.position) continue
        report({ ...place, messageId: 'beforeParent', data: { other: parent.name } })
      }
    }
  },
})

/** The time that the migrator reads from 14 digits, written in the same way. */
function secondOf(digits: string): string | null {
  const part = (from: number, to: number) => Number(digits.slice(from, to))
  const millis = Date.UTC(
    part(0, 4),
    part(4, 6) - 1,
    part(6, 8),
    part(8, 10),
    part(10, 12),
    part(12, 14),
  )
  const date = new Date(millis)
  return Number.isNaN(millis) ? null : date.toISOString().replace(/\D/g, '').slice(0, 14)
}
