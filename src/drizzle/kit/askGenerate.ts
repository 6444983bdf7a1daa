import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { relativePath } from '../../finding/relativePath.ts'
import { type Workplace, inChild } from './childProcess.ts'
import { failure } from './failure.ts'
import type { Question, Reply } from './question.ts'
import type { ChildEnvironment, KitTrace } from './request.ts'
import { type SnapshotJson, differencesBetween } from './schemaDifference.ts'
import { withStableValues } from './stableSnapshot.ts'
import { inTurn } from './tries.ts'
import { mayBeUnsteady } from './unsteady.ts'
import { writeConfig, writeOverlay } from './workplace.ts'

/** What `drizzle-kit generate` has written. */
interface Generated {
  readonly kind: 'generated'
  readonly sql: readonly string[]
  /** Null where there was nothing to write. */
  readonly snapshot: SnapshotJson | null
  readonly trace: KitTrace
}

/**
 * Compares a schema with its newest snapshot through the command line of drizzle-kit 0.x, which writes
 * into a folder of its own: where the functions of that version cannot be loaded.
 */
export async function askGenerate(question: Question): Promise<Reply> {
  let written: Generated | null = null
  const ask = async (environment: ChildEnvironment): Promise<Reply> => {
    const answer = await attempt(question, environment)
    if (answer.kind !== 'generated') return answer
    written = answer
    return compared(question, answer)
  }
  const { reply, environment } = await inTurn(question, ask)
  if (reply.kind !== 'compared' || !reply.differences.some(mayBeUnsteady)) return reply
  const again = await attempt(question, environment)
  return again.kind === 'generated' && written ? compared(question, written, again) : reply
}

/** @param again - of loading the schema once more */
function compared(
  { previous }: Question,
  { sql, snapshot, trace }: Generated,
  again?: Generated,
): Reply {
  const before = previous ?? {}
  const once = again?.snapshot ?? snapshot
  const current = snapshot && once && withStableValues(before, snapshot, once)
  const differences = current === null ? [] : differencesBetween(before, current)
  const unsteady =
    snapshot && once
      ? differencesBetween(snapshot, once).filter(
          ({ kind, change }) => kind === 'column' && change === 'changed',
        )
      : []
  return {
    kind: 'compared',
    differences,
    ambiguous: [],
    sql: differences.length === 0 ? [] : sql,
    unsteady: unsteady.map(({ object, table }) => ({ object, table })),
    current,
    trace,
  }
}

function attempt(
  question: Question,
  environment: ChildEnvironment,
): Promise<Generated | Extract<Reply, { kind: 'unanswered' }>> {
  const { root, cwd, kit, casing } = question
  let out = ''
  return inChild(
    (place) => {
      out = writeBefore(place, question)
      const more = {
        breakpoints: true,
        migrations: { prefix: 'index' },
        ...(casing === null ? {} : { casing }),
      }
      const config = relativePath(cwd, writeConfig(place, question, out, more))
      return {
        request: { root, cwd, overlay: writeOverlay(place, question), environment },
        args: [join(kit, 'bin.cjs'), 'generate', '--config', config],
      }
    },
    (ended) => {
      const { trace, stdout } = ended
      if (trace === null || trace.endedBy !== null) return failure(question, ended, null)
      const sql = readdirSync(out).find((name) => name.endsWith('.sql'))
      if (sql !== undefined) {
        const snapshot = readFileSync(join(out, `meta/${sql.split('_')[0]}_snapshot.json`), 'utf8')
        const text = readFileSync(join(out, sql), 'utf8')
        return {
          kind: 'generated',
          sql: text.split('--> statement-breakpoint').map((statement) => statement.trim()),
          snapshot: JSON.parse(snapshot) as SnapshotJson,
          trace,
        }
      }
      if (/No schema changes/.test(stdout))
        return { kind: 'generated', sql: [], snapshot: null, trace }
      // Up to 0.31.9 it draws the question and ends with 0.
      if (!/Interactive prompts|created or renamed/.test(stdout + ended.stderr))
        return failure(question, ended, null)
      return {
        kind: 'unanswered',
        reason: 'drizzle-kit asks whether something was renamed',
        help: 'Run its generate command in a terminal, and stage the migration.',
        trace,
        mayRetry: false,
      }
    },
    question.patience,
  )
}

/** A folder with the one migration that there is to compare with. */
function writeBefore(place: Workplace, { previous }: Question): string {
  const out = join(place.folder, 'out')
  mkdirSync(join(out, 'meta'), { recursive: true })
  if (previous === null) return out
  const { version, dialect } = previous
  const entry = { idx: 0, version, when: 1, tag: '0000_before', breakpoints: true }
  const journal = { version: '7', dialect, entries: [entry] }
  place.write('out/meta/_journal.json', JSON.stringify(journal))
  place.write('out/meta/0000_snapshot.json', JSON.stringify(previous))
  return out
}
