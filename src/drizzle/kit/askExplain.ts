import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { relativePath } from '../../finding/relativePath.ts'
import { isRecord } from '../../json/isRecord.ts'
import { type Ambiguity, groupsOf } from './ambiguity.ts'
import { type Workplace, inChild } from './childProcess.ts'
import { writeConfig, writeOverlay } from './workplace.ts'
import { type ExplainError, explainError } from './explainError.ts'
import { failure } from './failure.ts'
import type { Question, Reply } from './question.ts'
import { mayBeUnsteady, withoutUnsteady } from './unsteady.ts'
import type { ChildEnvironment } from './request.ts'
import { inTurn } from './tries.ts'
import { unnoticedIndexes } from './unnoticedIndexes.ts'
import {
  type ObjectKind,
  type SchemaDifference,
  changedThing,
  difference,
} from './schemaDifference.ts'

/** The last line `drizzle-kit generate --output json` prints (1.0.0-rc.4 and later). */
type Envelope =
  | { readonly status: 'no_changes' }
  | { readonly status: 'ok'; readonly statements?: readonly Record<string, unknown>[] }
  | {
      readonly status: 'missing_hints'
      readonly unresolved: readonly OpenDecision[]
    }
  | ({ readonly status: 'error' } & ExplainError)

/** What drizzle-kit wants to be told: was it renamed, may the data go? */
interface OpenDecision {
  readonly type?: string
  readonly kind: string
  readonly entity: readonly string[]
}

type Attempt = Reply & {
  readonly unresolved?: readonly OpenDecision[]
  /** Of what was written. */
  readonly snapshot?: unknown
}

/**
 * Compares a schema with its migrations through the command line of drizzle-kit 1.0. The snapshots
 * of its folder build on each other, so it is given a copy of the whole folder, to write into.
 */
export async function askExplain(question: Question): Promise<Reply> {
  if (question.fromScratch) {
    return (await inTurn(question, (environment) => attempt(question, environment, false))).reply
  }
  const { reply, environment } = await askOnce(question)
  const { missesIndexesOf: dialect } = question
  if (reply.kind !== 'compared' || !dialect) return reply
  const newest = [...question.folder.keys()]
    .filter((path) => path.endsWith('/snapshot.json'))
    .sort()
    .at(-1)
  if (newest === undefined) return reply
  const empty = { ...question, folder: new Map() }
  const whole = await attempt(empty, environment, false)
  if (whole.kind !== 'compared' || whole.snapshot === undefined) return reply
  const before = JSON.parse(question.folder.get(newest)!.toString('utf8')) as unknown
  const schema = { sql: whole.sql, snapshot: whole.snapshot }
  return { ...reply, unnoticed: unnoticedIndexes(before, schema, dialect) }
}

interface Asked {
  readonly reply: Reply
  readonly environment: ChildEnvironment
}

async function askOnce(question: Question): Promise<Asked> {
  let unresolved: readonly OpenDecision[] = []
  const { reply, environment } = await inTurn(question, async (one) => {
    const asked = await attempt(question, one, true)
    unresolved = asked.unresolved ?? []
    return asked
  })
  if (unresolved.length === 0) {
    return { reply: await withSql(reply, question, environment, []), environment }
  }
  // What would be written if nothing were a rename names both sides of the question.
  const hints = unresolved.map(asDropAndCreate)
  const hinted = await attempt(question, environment, true, hints)
  if (hinted.kind !== 'compared' || hinted.unresolved) return { reply, environment }
  const ambiguous = bothSides(unresolved, hinted.differences)
  const both = { ...hinted, ambiguous }
  return { reply: await withSql(both, question, environment, hints), environment }
}

function asDropAndCreate({ type, kind, entity }: OpenDecision): object {
  return { type: type === 'confirm_data_loss' ? type : 'create', kind, entity }
}

/** What is new where drizzle-kit asks, and what is gone beside it. */
function bothSides(
  unresolved: readonly OpenDecision[],
  differences: readonly SchemaDifference[],
): readonly Ambiguity[] {
  const asked = new Set(
    unresolved
      .filter(({ type }) => type !== 'confirm_data_loss')
      .map((decision) => toAmbiguity(decision).appeared[0]),
  )
  return groupsOf(differences).filter(({ appeared }) => appeared.some((name) => asked.has(name)))
}

/** The dry run tells what is missing; the SQL for it stands in the migration that it would write. */
async function withSql(
  first: Reply,
  question: Question,
  environment: ChildEnvironment,
  hints: readonly object[],
): Promise<Reply> {
  const reply = await steady(first, question, environment, hints)
  if (reply.kind !== 'compared' || reply.differences.length === 0) return reply
  const written = await attempt(question, environment, false, hints)
  return written.kind === 'compared' ? { ...reply, sql: written.sql } : reply
}

/** Without what differs only because the schema is loaded again each time. */
async function steady(
  reply: Reply,
  question: Question,
  environment: ChildEnvironment,
  hints: readonly object[],
): Promise<Reply> {
  if (reply.kind !== 'compared' || !reply.differences.some(mayBeUnsteady)) return reply
  const again = await attempt(question, environment, true, hints)
  return again.kind === 'compared'
    ? { ...reply, ...withoutUnsteady(reply.differences, again.differences) }
    : reply
}

function attempt(
  question: Question,
  environment: ChildEnvironment,
  dry: boolean,
  hints: readonly object[] = [],
): Promise<Attempt> {
  const { root, cwd, kit } = question
  let copied: ReadonlySet<string> = new Set()
  let out = ''
  return inChild<Attempt>(
    (place) => {
      out = copyFolder(place, question)
      copied = new Set(readdirSync(out))
      const config = relativePath(cwd, writeConfig(place, question, out))
      return {
        request: { root, cwd, overlay: writeOverlay(place, question), environment },
        args: [
          join(kit, 'bin.cjs'),
          'generate',
          ...(dry ? ['--explain'] : []),
          ...(hints.length > 0 ? ['--hints', JSON.stringify(hints)] : []),
          '--output',
          'json',
          '--config',
          config,
        ],
      }
    },
    (ended) => {
      const envelope = envelopeOf(ended.stdout)
      if (ended.trace === null || envelope === null || ended.trace.endedBy !== null)
        return failure(question, ended, null)
      if (envelope.status === 'error') {
        const unanswered = failure(question, ended, { message: explainError(envelope), file: null })
        if (envelope.error?.code !== 'check_error') return unanswered
        const help =
          'Generate the migration of the later branch again: `drizzle-kit check` tells more.'
        return { ...unanswered, help, mayRetry: false }
      }
      return {
        kind: 'compared',
        differences:
          envelope.status === 'ok' ? (envelope.statements ?? []).flatMap(toDifferences) : [],
        ambiguous: envelope.status === 'missing_hints' ? envelope.unresolved.map(toAmbiguity) : [],
        ...(envelope.status === 'missing_hints' ? { unresolved: envelope.unresolved } : {}),
        sql: envelope.status === 'ok' && !dry ? writtenSql(out, copied) : [],
        ...(envelope.status === 'ok' && !dry ? { snapshot: writtenSnapshot(out, copied) } : {}),
        unsteady: [],
        current: null,
        trace: ended.trace,
      }
    },
    question.patience,
  )
}

function copyFolder(place: Workplace, { folder }: Question): string {
  const out = join(place.folder, 'out')
  mkdirSync(out)
  for (const [path, content] of folder) {
    mkdirSync(join(out, dirname(path)), { recursive: true })
    place.write(join('out', path), content)
  }
  return out
}

function envelopeOf(stdout: string): Envelope | null {
  const last = stdout.trim().split('\n').at(-1) ?? ''
  try {
    const value = JSON.parse(last) as Envelope
    return typeof value?.status === 'string' ? value : null
  } catch {
    return null
  }
}

/** The migration it has just written into the copy. */
function writtenSql(out: string, before: ReadonlySet<string>): readonly string[] {
  return readdirSync(out)
    .filter((name) => !before.has(name))
    .map((name) => readFileSync(join(out, name, 'migration.sql'), 'utf8'))
    .flatMap((sql) => sql.split('--> statement-breakpoint').map((statement) => statement.trim()))
    .filter((statement) => statement !== '')
}

function writtenSnapshot(out: string, before: ReadonlySet<string>): unknown {
  const name = readdirSync(out).find((one) => !before.has(one))
  return name && JSON.parse(readFileSync(join(out, name, 'snapshot.json'), 'utf8'))
}

/** SQLite recreates a table to alter a column: where it is for that alone, that is what differs. */
function toDifferences(statement: Record<string, unknown>): readonly SchemaDifference[] {
  const { type, columnAlters, from: _from, to: _to, ...others } = statement
  const isForColumns =
    type === 'recreate_table' &&
    Array.isArray(columnAlters) &&
    Object.values(others).every((value) => Array.isArray(value) && value.length === 0)
  return isForColumns
    ? columnAlters.map((diff: unknown) => toDifference({ type: 'alter_column', diff }))
    : [toDifference(statement)]
}

/** `{ type: 'add_column', column: { schema, table, name, … } }`: what it is about comes second. */
function toDifference(statement: Record<string, unknown>): SchemaDifference {
  const words = String(statement['type']).split('_')
  const target = Object.values(statement).find(
    (value): value is Record<string, unknown> =>
      value !== null && typeof value === 'object' && 'name' in value,
  )
  const change = ({ add: 'added', create: 'added', drop: 'removed', remove: 'removed' } as const)[
    words[0]!
  ]
  const kind = words.slice(1).join(' ').replace(/^fk$/, 'foreign key') as ObjectKind
  const place = (...keys: readonly string[]): string | null => {
    const parts = keys
      .map((key) => target?.[key])
      .filter((part) => typeof part === 'string' && part !== '')
    return parts.length === 0 ? null : nameOf(parts as string[])
  }
  const table = typeof target?.['table'] === 'string' ? place('schema', 'table') : null
  const named = kind === 'column' ? place('schema', 'table', 'name') : place('schema', 'name')
  // MySQL and SQLite name a table that is dropped, and say no more of it.
  const bare = [statement['tableName'], statement['table']].find((name) => typeof name === 'string')
  const object = named ?? bare ?? words.join(' ')
  const { $left: before, $right: after } = target ?? {}
  return isRecord(before) && isRecord(after)
    ? changedThing(kind, object, table, before, after)
    : difference(
        kind,
        change ?? 'changed',
        object,
        table,
        [PAST[words[0]!] ?? 'changed'],
        JSON.stringify(statement),
      )
}

const PAST: Readonly<Record<string, string>> = {
  alter: 'altered',
  move: 'moved',
  recreate: 'recreated',
  rename: 'renamed',
}

function toAmbiguity({ kind, entity }: OpenDecision): Ambiguity {
  return { kind: kind as ObjectKind, table: null, gone: [], appeared: [nameOf(entity)] }
}

function nameOf(parts: readonly string[]): string {
  return (parts[0] === 'public' ? parts.slice(1) : parts).join('.')
}
