import { type HistoryMigration, defineHistoryRule } from '../../src/check/history/history.ts'
import type { PlacedReport } from '../../src/lint/placedRule.ts'
import { entryPlace } from './places.ts'

export const journalIndex = defineHistoryRule({
  name: 'journal-index',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: "The journal's numbers have a gap, repeat, or do not match the files",
      why: `drizzle-kit numbers the next migration after the last entry's \`idx\`, and names its snapshot by that number alone. Two migrations with one number share one snapshot file: the second has overwritten the first, or the next \`generate\` will, and what it then compares with is not the schema that was there. A tag listed twice in the journal runs twice on a new database. The migrator itself never looks at \`idx\`.

A gap breaks nothing by itself. It means that a migration was removed, or lost in a merge, and databases may have run it.`,
      instead: `For a migration that is not deployed yet: delete it (SQL, snapshot, entry) and generate it again; it gets the next free number. For deployed ones leave names and times as they are; correcting \`idx\` is safe, because no database knows it.`,
      category: 'integrity',
    },
    messages: {
      tagTwice: {
        message:
          'The journal lists {{migration}} twice, so a new database runs it twice and fails.',
        help: 'Remove one of the two entries.',
      },
      prefixTwice: {
        message:
          '{{other}} and {{migration}} have the same number, so they share one snapshot file{{outcome}}.',
        help: 'Delete the one that is not deployed (SQL, snapshot, entry), restore the snapshot of the other from git, and generate yours again.',
      },
      redo: {
        message:
          '{{other}} and {{migration}} have the same number, so they share one snapshot file{{outcome}}.',
        help: 'Generate {{migration}} again, on top of {{other}}: {{remake}} (what was written into its SQL by hand has to be written again).',
      },
      overwrites: {
        message:
          'The next drizzle-kit generate gets the number {{next}} and overwrites {{snapshot}}, because the last entry, {{migration}}, has the index {{idx}}.',
        help: 'Set "idx" of the last entry to the number in its name.',
      },
      noIndex: {
        message:
          'The last entry, {{migration}}, has no index, so the next drizzle-kit generate names its files "NaN".',
        help: 'Add "idx" to the entry: the number in its name.',
      },
      prefixDiffers: {
        severity: 'warn',
        message:
          '{{migration}} has index {{idx}} in the journal but a different number in its name.',
        help: 'Set "idx" to the number in its name; no database knows the index.',
      },
      twice: {
        severity: 'warn',
        message: '{{other}} and {{migration}} have the same index {{idx}} in the journal.',
        help: 'Set "idx" of each entry to the number in its name; no database knows the index.',
      },
      gap: {
        severity: 'warn',
        message:
          'The journal goes from index {{from}} ({{other}}) to {{idx}} ({{migration}}): a migration was removed or lost, and databases may have run it.',
        help: 'If one is missing, restore it from git with its snapshot and entry. If it was never deployed, there is nothing to do.',
      },
      backwards: {
        severity: 'warn',
        message:
          'The journal goes back from index {{from}} ({{other}}) to {{idx}} ({{migration}}).',
        help: 'Entries run in file order: put them in the order they were generated in, or correct "idx".',
      },
    },
  },
  check(history, report) {
    const { after, deployed, isNew } = history
    if (after.layout !== 'journal') return
    const say = (
      messageId: string,
      migration: HistoryMigration,
      other: HistoryMigration | null,
      data: PlacedReport['data'] = {},
    ) => {
      if (!isNew(migration) && (other === null || !isNew(other))) return
      const key = ['tagTwice', 'prefixTwice', 'redo'].includes(messageId) ? 'tag' : 'idx'
      const idx = migration.idx ?? ''
      const shared = { other: other?.name ?? '', idx, from: other?.idx ?? '', ...data }
      report({ ...entryPlace(history, migration, key), messageId, object: null, data: shared })
    }
    const byTag = new Map<string, HistoryMigration>()
    const byPrefix = new Map<string, HistoryMigration>()
    const indexed = history.project.prefix === null || history.project.prefix === 'index'
    let previous: HistoryMigration | null = null
    let shift = 0
    const last = after.migrations.at(-1)
    const isUsed = deployed === null || after.migrations.some(isNew)
    const danger = last && indexed && isUsed ? dangerOf(last, after.migrations) : null
    if (last && danger) {
      const place = entryPlace(history, last, last.idx === null ? undefined : 'idx')
      report({ object: null, ...place, ...danger })
    }
    for (const migration of after.migrations) {
      const { name, idx } = migration
      const prefix = prefixOf(migration)
      const sameTag = byTag.get(name)
      const samePrefix = prefix === null ? undefined : byPrefix.get(prefix)
      const number = indexed && prefix !== null && prefix.length < 6 ? Number(prefix) : null
      if (sameTag) say('tagTwice', migration, sameTag)
      else if (samePrefix?.snapshot === migration.snapshot) {
        const { remake } = history.commands
        const redo = [migration, samePrefix].find((one) => remake?.own.includes(one))
        const outcome = migration.hasSnapshot
          ? ' and the later one has overwritten the earlier'
          : ', and there is none'
        if (redo === undefined || !remake) say('prefixTwice', migration, samePrefix, { outcome })
        else {
          const other = redo === migration ? samePrefix : migration
          say('redo', redo, other, { outcome, remake: remake.line })
        }
      } else if (danger && migration === last) continue
      else if (idx !== null && previous?.idx != null && idx !== previous.idx + 1) {
        const messageId = idx === previous.idx ? 'twice' : idx > previous.idx ? 'gap' : 'backwards'
        say(messageId, migration, previous)
      } else if (idx !== null && number !== null && number - idx !== shift) {
        say('prefixDiffers', migration, null)
      }
      if (idx !== null && number !== null) shift = number - idx
      if (idx !== null) previous = migration
      byTag.set(name, migration)
      if (prefix !== null) byPrefix.set(prefix, migration)
    }
  },
})

/** What the next `drizzle-kit generate` does wrong because of the last entry's index. */
function dangerOf(
  last: HistoryMigration,
  migrations: readonly HistoryMigration[],
): Pick<PlacedReport, 'messageId' | 'data'> | null {
  if (last.idx === null) return { messageId: 'noIndex' }
  const next = String(last.idx + 1).padStart(4, '0')
  const victim = migrations.find(
    (migration) => prefixOf(migration) === next && migration.hasSnapshot,
  )
  if (!victim) return null
  return { messageId: 'overwrites', data: { next, snapshot: victim.snapshot, idx: last.idx } }
}

function prefixOf({ name }: HistoryMigration): string | null {
  return /^(\d+)_/.exec(name)?.[1] ?? null
}
