import type { ChangeBody } from '../../../catalog/change.ts'
import { contrast, objectKind, objectName } from '../../../catalog/contrast.ts'
import { displayName } from '../../../catalog/names.ts'
import { listed } from '../../../finding/listed.ts'
import type { Database } from '../../../verify/catalog/readDatabase.ts'
import { type TableContents, readContents } from '../../../verify/contents.ts'
import type { Scratch } from '../../../verify/scratch.ts'
import { attempt } from '../../../verify/trace/client.ts'
import { changedSubjects } from '../../snapshots/changedSubjects.ts'
import { disparityOf } from '../../snapshots/disparity.ts'
import { tableOf } from '../../snapshots/uncertainty.ts'
import { repairsFor } from './repairs.ts'
import type { PlannedBack } from './planBack.ts'
import type { BackStatement, WayBack } from './wayBack.ts'

/** What stood in a database before a deployment. */
export interface Start {
  readonly database: Database
  /** Null where the tables could not be kept filled. */
  readonly contents: ReadonlyMap<string, TableContents> | null
}

/** Takes back what a database has run, and looks whether it is where it was. */
export async function goBack(
  scratch: Scratch,
  project: string,
  plan: PlannedBack,
  start: Start,
  read: () => Promise<Database>,
): Promise<WayBack> {
  const { byHand, caveats, files } = plan
  const statements: BackStatement[] = []
  for (const sql of plan.statements) {
    const error = await attempt(scratch, sql)
    statements.push({ sql, error: error?.message ?? null })
    // A file may have begun a transaction, which this has ended in failure.
    if (error?.code === '25P02') await attempt(scratch, 'rollback')
  }
  await attempt(scratch, 'rollback')
  let now = await read()
  const repairs = files.length > 0 ? [] : repairsFor(now, start.database)
  for (const sql of repairs) {
    const error = await attempt(scratch, sql)
    statements.push({ sql, error: error?.message ?? null, fromServer: true })
  }
  const lost = start.contents === null ? [] : lostData(start.contents, await readContents(scratch))
  if (repairs.length > 0) now = await read()
  const apart = differencesInWords(now, start.database)
  return {
    project,
    files,
    statements,
    apart,
    lost: [...new Set([...lost, ...plan.gone.map((what) => `${what} is gone`)])],
    // Whatever it was, the server has said it.
    byHand: apart.length === 0 ? [] : byHand,
    caveats: [...caveats, ...labelsLeft(now, start.database)],
  }
}

function labelsLeft({ catalog }: Database, was: Database): readonly string[] {
  return [...was.catalog.enums].flatMap(([key, { labels, ...type }]) => {
    const more = (catalog.enums.get(key)?.labels ?? []).filter((label) => !labels.includes(label))
    const quoted = more.map((label) => `'${label}'`)
    return more.length === 0
      ? []
      : [`${displayName(type)} keeps ${listed(quoted)}, which does no harm unused`]
  })
}

/** Nothing removes a label from an enum again, and unused it does no harm. */
function isLabelTooMany(change: ChangeBody): boolean {
  return (
    change.kind === 'RecreateEnum' &&
    change.labels.join('\0') === change.from.filter((one) => change.labels.includes(one)).join('\0')
  )
}

/** What is not as it was, in words. */
export function differencesInWords(now: Database, was: Database): readonly string[] {
  const changed = changedSubjects(now.catalog, was.catalog, 'change')
  const told = [...changed.values()].filter(({ changes }) => !changes.every(isLabelTooMany))
  const words = told.map((one) => {
    const { subject } = one
    const disparity = disparityOf({ ...one, actual: now.catalog })
    const name = objectName(subject)
    if (disparity === 'missing') return `${objectKind(was.catalog, subject)} ${name} is missing`
    if (disparity !== 'differs') return `${objectKind(now.catalog, subject)} ${name} is still there`
    const [is, before] = contrast(subject, now.catalog, was.catalog)
    return `${name} is ${is}, and was ${before}`
  })
  const isTold = (key: string) => changed.has(key) || changed.has(tableOf(key))
  for (const [key, { subject, text }] of was.definitions) {
    const is = now.definitions.get(key)?.text
    if (isTold(key) || is === text) continue
    const what = `${objectKind(was.catalog, subject)} ${objectName(subject)}`
    words.push(is === undefined ? `${what} has another name` : `${what} is ${is}, and was ${text}`)
  }
  const key = ({ kind, shown, definition }: Database['others'][number]) =>
    `${kind} ${shown}\0${definition}`
  const [before, after] = [was, now].map(
    ({ others }) => new Map(others.map((one) => [key(one), one])),
  )
  for (const [one, { kind, shown }] of before!)
    if (!after!.has(one)) words.push(`the ${kind} ${shown} is not as it was`)
  for (const [one, { kind, shown }] of after!) {
    const isNew = ![...before!.values()].some(
      (other) => other.kind === kind && other.shown === shown,
    )
    if (!before!.has(one) && isNew) words.push(`the ${kind} ${shown} is still there`)
  }
  return words
}

/** What the rows have lost, in words. */
function lostData(
  before: ReadonlyMap<string, TableContents>,
  after: ReadonlyMap<string, TableContents>,
): readonly string[] {
  return [...before].flatMap(([table, was]) => {
    const is = after.get(table)
    if (is === undefined) return [`all rows of ${table} are gone`]
    if (is.rows < was.rows)
      return [`${was.rows - is.rows} of ${was.rows} rows of ${table} are gone`]
    // Of what rows of the deployment's own are among, nothing can be told.
    if (is.rows > was.rows) return []
    return [...was.columns].flatMap(([column, values]) => {
      const now = is.columns.get(column)
      return now === undefined || now === values
        ? []
        : [`what ${table}.${column} held is gone or another value`]
    })
  })
}
