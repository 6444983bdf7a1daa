import { isRecord } from '../../json/isRecord.ts'
import type { SnapshotJson } from './schemaDifference.ts'

/**
 * A snapshot without everything that another one does not have: the halfway house between them. The
 * way there only drops and the way on only creates, so that drizzle-kit has nothing to ask on either
 * (facts on drizzle, section 4).
 */
export function withoutAbsent(before: SnapshotJson, after: SnapshotJson): SnapshotJson {
  const kept: Record<string, unknown> = { ...before }
  for (const key of ['schemas', 'enums', 'sequences', 'roles', 'policies', 'views']) {
    if (isRecord(before[key])) kept[key] = common(before[key], after[key])
  }
  kept['tables'] = Object.fromEntries(
    Object.entries(common(before['tables'], after['tables'])).map(([name, table]) => [
      name,
      tableWithoutAbsent(table, (after['tables'] as SnapshotJson)[name]),
    ]),
  )
  return kept
}

function tableWithoutAbsent(before: unknown, after: unknown): unknown {
  if (!isRecord(before) || !isRecord(after)) return before
  return Object.fromEntries(
    Object.entries(before).map(([key, value]) => [
      key,
      isRecord(value) ? common(value, after[key]) : value,
    ]),
  )
}

function common(before: unknown, after: unknown): Record<string, unknown> {
  if (!isRecord(before)) return {}
  const there = isRecord(after) ? after : {}
  return Object.fromEntries(Object.entries(before).filter(([name]) => Object.hasOwn(there, name)))
}
