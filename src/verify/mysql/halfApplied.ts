import type { Unit } from '../plan.ts'
import type { StatementError } from '../trace/client.ts'
import type { Blueprint } from './copy.ts'

/** What a deployment that failed has left in a database. */
export interface Remains {
  readonly failed: { readonly unit: Unit; readonly error: StatementError }
  readonly before: Blueprint
  readonly after: Blueprint
  /** Where the same file fails when it is started again; null: it goes through. */
  readonly again: { readonly unit: Unit; readonly error: StatementError } | null
}

/** One line on it: a deployment is no transaction here. */
export function halfAppliedLine({ failed, before, after, again }: Remains): string {
  const { unit, error } = failed
  const what = differences(before, after)
  const place = `${unit.file} stops at: ${clipped(unit.sql)} (${error.message})`
  if (what.length === 0)
    return `${place}. Nothing of the deployment has changed the schema by then.`
  const next =
    again === null
      ? 'and goes through'
      : `and stops at: ${clipped(again.unit.sql)} (${again.error.message})`
  return `${place}. What came before stays, as every DDL statement commits: ${what.join(', ')}. The file is not recorded, so the next run starts it again, ${next}.`
}

function differences(before: Blueprint, after: Blueprint): readonly string[] {
  const of = ({ tables, others }: Blueprint) =>
    new Map([
      ...[...tables].map(([name, sql]) => [name, plain(sql)] as const),
      ...[...others].map(([name, sql]) => [name, plain(sql)] as const),
    ])
  const [old, now] = [of(before), of(after)]
  return [
    ...[...now].flatMap(([name, sql]) =>
      !old.has(name) ? [`${name} is new`] : old.get(name) !== sql ? [`${name} is changed`] : [],
    ),
    ...[...old.keys()].flatMap((name) => (now.has(name) ? [] : [`${name} is gone`])),
  ]
}

/** Without the counter, which rows move. */
function plain(sql: string): string {
  return sql.replace(/ AUTO_INCREMENT=\d+/, '')
}

const LONGEST = 60

function clipped(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
