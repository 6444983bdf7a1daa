import { type History, defineHistoryRule, snapshotsOf } from '../../src/check/history/history.ts'
import { isRootId, snapshotPlace } from './places.ts'

export const snapshotChain = defineHistoryRule({
  name: 'snapshot-chain',
  meta: {
    type: 'problem',
    severity: 'warn',
    docs: {
      description:
        'The snapshot chain is broken: a parent is missing, an id is used twice, or the newest snapshot does not sort last',
      why: `Every snapshot names the one it was generated from. If that one is not in the folder, a snapshot was lost, replaced or copied from elsewhere, and changes may be in no migration or in two. A copied snapshot that kept its id makes the \`generate\` after the next one fail, because two snapshots then name the same parent. drizzle-kit 0.x takes the last file in meta/ by name as the current state: after a change of \`migrations.prefix\` that may be an old one, and the next \`generate\` writes changes again that were deployed long ago.`,
      instead: `For a migration that is not deployed: delete it (SQL, snapshot, entry) and generate it again. Restore a lost snapshot from git. For a hand-written migration use \`drizzle-kit generate --custom\` instead of copying a snapshot. Snapshots are never run, so those of deployed migrations may be corrected.`,
      category: 'integrity',
    },
    messages: {
      parentMissing: {
        message:
          'The snapshot that {{migration}} was generated from is not in the folder: it was lost or replaced, so nothing shows that {{migration}} fits the migrations before it.',
        help: 'Restore the snapshot from git, or delete {{migration}} and generate it again if it is not deployed.',
      },
      sameId: {
        severity: 'error',
        message:
          '{{migration}} has a copy of the snapshot of {{other}}, with the same id: drizzle-kit generate fails as soon as another one follows.',
        help: 'Delete the copy and create the migration with drizzle-kit generate --custom, which writes a snapshot with its own id.',
      },
      parentLater: {
        message: '{{migration}} was generated from {{other}}, but runs before it.',
        help: 'Put the entries in the order they were generated in, or delete {{migration}} and generate it again if it is not deployed.',
      },
      notLast: {
        severity: 'error',
        message:
          'The next drizzle-kit generate compares with {{snapshot}}, which is last by name, instead of the one of {{migration}}: it writes deployed changes again.',
        help: 'Name new migrations like the old ones (migrations.prefix in the drizzle config), so that the newest sorts last.',
      },
    },
  },
  check(history, report) {
    const { after, isNew, isChanged, isComplete, project } = history
    const linked = snapshotsOf(history)
    const last = after.migrations.findLast(({ hasSnapshot }) => hasSnapshot)
    const base = after.migrations.reduce<string>(
      (max, { snapshot, hasSnapshot }) => (hasSnapshot && snapshot > max ? snapshot : max),
      '',
    )
    const isUsed = after.migrations.some(isNew)
    if (
      after.layout === 'journal' &&
      last &&
      project.prefix !== 'none' &&
      last.snapshot !== base &&
      isUsed
    ) {
      report({
        migration: last.name,
        file: base,
        messageId: 'notLast',
        object: null,
        data: { snapshot: base },
      })
    }
    if (!isComplete) return
    const shared = sharedSnapshots(history)
    const afterGaps = positionsAfterGaps(history)
    const byId = new Map(
      linked.map((one) => [one.header.id, one]).reverse() as [
        string | null,
        (typeof linked)[number],
      ][],
    )
    for (const one of linked) {
      const { migration, header } = one
      if ((!isNew(migration) && !isChanged(header.path)) || shared.has(header.path)) continue
      const first = byId.get(header.id)
      if (first && first !== one) {
        const place = snapshotPlace(history, migration, 'id')
        report({
          ...place,
          messageId: 'sameId',
          object: null,
          data: { other: first.migration.name },
        })
        continue
      }
      const key = after.layout === 'journal' ? 'prevId' : 'prevIds'
      for (const id of header.prevIds) {
        const parent = byId.get(id)
        // It takes the whole text.
        const place = () => ({ object: null, ...snapshotPlace(history, migration, key) })
        if (!parent && !isRootId(id) && !afterGaps.has(migration.position))
          report({ ...place(), messageId: 'parentMissing' })
        else if (
          parent &&
          after.layout === 'journal' &&
          parent.migration.position > migration.position
        ) {
          report({ ...place(), messageId: 'parentLater', data: { other: parent.migration.name } })
        }
      }
    }
  },
})

/** Snapshot files that two migrations have: then journal-index says why they do not fit. */
function sharedSnapshots({ after }: History): ReadonlySet<string> {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { snapshot } of after.migrations) (seen.has(snapshot) ? shared : seen).add(snapshot)
  return shared
}

/** Positions behind a migration without a snapshot: then missing-snapshot says which one is lost. */
function positionsAfterGaps({ after }: History): ReadonlySet<number> {
  const gaps = after.migrations.filter(({ hasSnapshot }) => !hasSnapshot)
  return new Set(gaps.map(({ position }) => position + 1))
}
