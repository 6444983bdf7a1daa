import {
  type History,
  type LinkedSnapshot,
  defineHistoryRule,
  snapshotsOf,
} from '../../src/check/history/history.ts'
import type { PlacedReport } from '../../src/lint/placedRule.ts'
import { snapshotPlace } from './places.ts'

export const snapshotFork = defineHistoryRule({
  name: 'snapshot-fork',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'Two migrations were generated from the same state: two branches were merged',
      why: `Each branch ran \`drizzle-kit generate\` before it knew of the other. The SQL of both runs, but the later snapshot knows nothing of the other's changes. drizzle-kit 0.x refuses to generate from then on ("are pointing to a parent snapshot … which is a collision"), prints that to the terminal and exits 0, so a script carries on as if there were nothing to do.

1.0 can join several ends in the next migration it generates; until then no snapshot describes the whole schema.`,
      instead: `Redo the one that is not deployed, on top of the other: delete its SQL, its snapshot and its journal entry, then run \`drizzle-kit generate\` again. Where both are deployed, leave them: let the later snapshot name the earlier one as its parent (\`prevId\`; no database reads snapshots), and generate once more, for a snapshot of both. With 1.0 run \`drizzle-kit generate\`, which joins the ends.`,
      category: 'integrity',
    },
    messages: {
      fork: {
        message:
          '{{others}} and {{migration}} were both generated from {{parent}}, so drizzle-kit generate fails.',
        help: 'Delete {{migration}} (its SQL, {{snapshot}} and its journal entry) and run drizzle-kit generate again, so that it builds on {{others}}.',
      },
      redo: {
        message:
          '{{others}} and {{migration}} were both generated from {{parent}}, so drizzle-kit generate fails.',
        help: 'Generate {{migration}} again, on top of {{others}}: {{remake}} (what was written into its SQL by hand has to be written again).',
      },
      deployed: {
        severity: 'warn',
        message:
          '{{others}} and {{migration}} are deployed and were both generated from {{parent}}, so drizzle-kit generate fails.',
        help: 'Leave both as they are, and join their snapshots, which no database reads: in {{snapshot}} set "prevId" to "{{id}}", the id of the snapshot of {{others}}. {{then}}',
      },
      meanwhile: {
        message:
          '{{others}} was merged in the meantime and was generated from {{parent}}, like {{migration}}: once both are merged, drizzle-kit generate fails.',
        help: 'Update your branch, delete {{migration}} (its SQL, {{snapshot}} and its journal entry) and run drizzle-kit generate again.',
      },
      leaves: {
        severity: 'warn',
        message:
          'The history has {{count}} ends ({{others}} and {{migration}}): no snapshot describes the whole schema.',
        help: 'Run drizzle-kit generate, which joins them, and drizzle-kit check, which reports whether they conflict.',
      },
    },
  },
  check(history, report) {
    if (history.after.layout === 'folders') reportLeaves(history, report)
    else reportForks(history, report)
  },
})

function reportForks(history: History, report: (report: PlacedReport) => void): void {
  const { after, snapshots, others, isNew, isChanged, isTouched } = history
  const linked = snapshotsOf(history)
  const nameOf = new Map(linked.map(({ migration, header }) => [header.id, migration.name]))
  const last = linked.at(-1)?.header.path
  for (const [parent, children] of byParent(linked)) {
    const from = nameOf.get(parent) ?? 'the same state'
    // A copied snapshot has the same id too: that is snapshot-chain's.
    const distinct = children.filter(
      ({ header }, i) => children.findIndex((one) => one.header.id === header.id) === i,
    )
    const added = distinct.filter(({ migration }) => isNew(migration))
    const isOurs = distinct.some(
      ({ migration, header }) => isNew(migration) || isChanged(header.path),
    )
    const isTip = distinct.some(({ header }) => header.path === last)
    if (added.length === 0 && distinct.length > 1 && (isOurs || isTip)) {
      reportDeployed(history, report, from, distinct)
      continue
    }
    const redo = added.at(-1)
    if (redo && distinct.length > 1 && (isOurs || isTip)) {
      const { remake } = history.commands
      const isRemade = remake?.own.some(({ name }) => name === redo.migration.name) === true
      const rest = distinct.filter((child) => child !== redo)
      const blamed = [redo, ...rest].find(({ header }) => isTouched(header.path)) ?? redo
      report({
        ...snapshotPlace(history, blamed.migration, 'prevId'),
        migration: redo.migration.name,
        messageId: isRemade ? 'redo' : 'fork',
        object: null,
        data: {
          others: rest.map(({ migration }) => migration.name).join(', '),
          parent: from,
          snapshot: redo.header.path,
          remake: remake?.line ?? '',
        },
      })
      continue
    }
    const [own] = added
    const other = [...others.values()].find(
      ({ prevIds, id }) => prevIds[0] === parent && id !== own?.header.id,
    )
    if (!own || !other || snapshots.size === 0) continue
    const theirs = history.target?.migrations.find(({ snapshot }) => snapshot === other.path)
    if (theirs === undefined || after.migrations.some(({ name }) => name === theirs.name)) continue
    report({
      ...snapshotPlace(history, own.migration, 'prevId'),
      messageId: 'meanwhile',
      object: null,
      data: { others: theirs.name, parent: from, snapshot: own.header.path },
    })
  }
}

/** What databases have run stays: only its snapshots are put in line. */
function reportDeployed(
  history: History,
  report: (report: PlacedReport) => void,
  parent: string,
  children: readonly LinkedSnapshot[],
): void {
  const [before, last] = children.slice(-2)
  if (!before || !last) return
  const { recordOnly, generate } = history.commands
  report({
    ...snapshotPlace(history, last.migration, 'prevId'),
    messageId: 'deployed',
    object: null,
    data: {
      others: before.migration.name,
      parent,
      snapshot: last.header.path,
      id: before.header.id ?? '',
      then:
        recordOnly === null
          ? `Then run: ${generate}, and take out of the new SQL file what ${before.migration.name} has already.`
          : `Then write a snapshot of both: ${recordOnly}`,
    },
  })
}

function reportLeaves(history: History, report: (report: PlacedReport) => void): void {
  if (!history.isComplete) return
  const linked = snapshotsOf(history)
  const parents = new Set(linked.flatMap(({ header }) => header.prevIds))
  const leaves = linked.filter(({ header }) => header.id !== null && !parents.has(header.id))
  const last = leaves.at(-1)
  if (!last || leaves.length < 2 || !leaves.some(({ migration }) => history.isNew(migration)))
    return
  const blamed = leaves.findLast(({ migration }) => history.isNew(migration)) ?? last
  report({
    ...snapshotPlace(history, blamed.migration, 'id'),
    messageId: 'leaves',
    object: null,
    data: {
      count: leaves.length,
      others: leaves
        .filter((leaf) => leaf !== blamed)
        .map(({ migration }) => migration.name)
        .join(', '),
    },
  })
}

function byParent(
  linked: readonly LinkedSnapshot[],
): ReadonlyMap<string, readonly LinkedSnapshot[]> {
  const groups = new Map<string, LinkedSnapshot[]>()
  for (const one of linked) {
    const [parent] = one.header.prevIds
    if (parent === undefined) continue
    const others = groups.get(parent)
    if (others) others.push(one)
    else groups.set(parent, [one])
  }
  return groups
}
