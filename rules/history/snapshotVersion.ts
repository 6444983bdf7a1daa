import { defineHistoryRule, snapshotsOf } from '../../src/check/history/history.ts'
import { snapshotPlace } from './places.ts'

export const snapshotVersion = defineHistoryRule({
  name: 'snapshot-version',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A snapshot is in a format that the installed drizzle-kit does not write',
      why: `drizzle-kit reads all snapshots before it generates. One that is newer than it knows, or older than what it writes, ends the command: "is of unsupported version", "is not of the latest version" or "data is malformed". 0.x still exits 0, so scripts and CI go on as if there were nothing to generate. It happens when team members have different versions installed, or after an update of drizzle-kit.`,
      instead: `Newer: install the drizzle-kit that wrote it (the lock file of the branch it comes from). Older: run \`drizzle-kit up\` once and commit what it changes; it rewrites snapshots only, and no database knows them.`,
      category: 'integrity',
    },
    messages: {
      newer: {
        message:
          'The snapshot of {{migration}} has version {{version}}, but the installed drizzle-kit {{kit}} knows {{expected}} at most: generate stops{{silently}}.',
        help: 'Install the drizzle-kit that wrote it.',
      },
      older: {
        message:
          'The snapshot of {{migration}} has version {{version}}, but the installed drizzle-kit {{kit}} needs {{expected}}: generate stops{{silently}}.',
        help: 'Run drizzle-kit up and commit what it changes.',
      },
      mixed: {
        message:
          'The snapshot of {{migration}} has version {{version}}, older than that of {{other}} ({{expected}}): it was written by an older drizzle-kit, and the newer one refuses to generate.',
        help: 'Install the drizzle-kit of the main branch, delete the migration and generate it again.',
      },
    },
  },
  check(history, report) {
    const { after, kit, snapshotVersion: expected, isNew } = history
    if (!after.migrations.some(isNew)) return
    let highest: { readonly version: number; readonly name: string } | null = null
    for (const { migration, header } of snapshotsOf(history)) {
      const version = header.version === null ? NaN : Number(header.version)
      if (!Number.isInteger(version)) continue
      // It takes the whole text.
      const place = () => ({ object: null, ...snapshotPlace(history, migration, 'version') })
      if (kit !== null && expected !== null) {
        if (version === expected) continue
        const messageId = version > expected ? 'newer' : 'older'
        // What holds for one holds for all of that age: once is enough.
        const silently = kit.startsWith('0.') ? ', with exit code 0' : ''
        return report({ ...place(), messageId, data: { version, kit, expected, silently } })
      }
      if (highest && version < highest.version && isNew(migration)) {
        const data = { version, expected: highest.version, other: highest.name }
        return report({ ...place(), messageId: 'mixed', data })
      }
      if (!highest || version > highest.version) highest = { version, name: migration.name }
    }
  },
})
