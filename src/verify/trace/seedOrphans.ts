import type { TraceClient } from './client.ts'
import type { SeedForeignKey, SeedTable } from './seedCatalog.ts'

/** Deleting rows can orphan others; chains of foreign keys are not longer than this. */
const ROUNDS = 10

/**
 * Deletes seeded rows that reference nothing: seeding goes past foreign keys, and where the
 * referenced table is short of rows production could not hold such ones either.
 */
export async function removeOrphans(
  client: TraceClient,
  foreignKeys: readonly SeedForeignKey[],
  seeded: readonly SeedTable[],
): Promise<void> {
  const ours = new Set(seeded.map(({ sql }) => sql))
  const deletions = foreignKeys.filter(({ child }) => ours.has(child)).map(orphans)
  for (let round = 0; round < ROUNDS && deletions.length > 0; round++) {
    let deleted = false
    for (const sql of deletions) {
      const { rows } = await client.query(sql)
      deleted ||= Number(rows[0]?.deleted) > 0
    }
    if (!deleted) return
  }
}

function orphans({ child, parent, columns }: SeedForeignKey): string {
  const complete = columns.map(([column]) => `child.${column} is not null`).join(' and ')
  const matching = columns.map(([column, key]) => `parent.${key} = child.${column}`).join(' and ')
  return (
    `with gone as (delete from ${child} child where ${complete} ` +
    `and not exists (select from ${parent} parent where ${matching}) returning 1) ` +
    'select count(*)::int as deleted from gone'
  )
}
