import { projectCommand } from '../../drizzle/find/projectCommand.ts'
import type { HistoryFolder, HistoryMigration } from '../../drizzle/migrations/history.ts'
import { pathFrom } from '../../finding/relativePath.ts'
import { shellWord } from '../../finding/shellWord.ts'
import { staging } from '../../git/staging.ts'
import type { Tree } from '../../git/tree.ts'
import type { Run } from '../families.ts'
import type { ProjectReading } from '../projectReading.ts'
import { recordOnly } from '../sync/recordOnly.ts'

/** Commands that rules on a folder's history print; each can be pasted. */
export interface HistoryCommands {
  /** Writes a migration and stages it. */
  readonly generate: string
  /** Writes a migration that has a snapshot and no SQL; null where its name cannot be foretold. */
  readonly recordOnly: string | null
  /** Makes the migrations that production does not have again, on top of what it has. */
  readonly remake: Remake | null
}

export interface Remake {
  /** The migrations that are made again. */
  readonly own: readonly HistoryMigration[]
  readonly line: string
}

/** @param tip - the folder at the tip of the production branch */
export function historyCommands(
  run: Run,
  { project }: ProjectReading,
  after: HistoryFolder,
  tip: HistoryFolder | null,
): HistoryCommands {
  const { here } = run
  const { line, endsIn } = projectCommand(run.after, project, 'generate', here)
  const generate = `${line} && ${staging([project.out], endsIn)}`
  return {
    generate,
    recordOnly: after.broken ? null : recordOnly(run.after, project, after.seen, here),
    remake: run.target && tip ? remakeOn(run.target, tip, after, generate, here) : null,
  }
}

/** A name that git takes where it is pasted; `main of origin` is none. */
const REVISION = /^\w[\w./-]*$/

function remakeOn(
  { label }: Tree,
  tip: HistoryFolder,
  after: HistoryFolder,
  generate: string,
  here: string,
): Remake | null {
  const there = new Set(tip.migrations.map(({ name }) => name))
  const present = new Set(after.migrations.map(({ name }) => name))
  const own = after.migrations.filter(({ name }) => !there.has(name))
  const isWhole = [...there].every((name) => present.has(name))
  if (own.length === 0 || !isWhole || !REVISION.test(label) || tip.path !== after.path) return null
  if (after.journal === null || tip.journal === null) return null
  const theirs = new Set(
    tip.migrations.filter(({ hasSnapshot }) => hasSnapshot).map(({ snapshot }) => snapshot),
  )
  const word = (path: string) => shellWord(pathFrom(here, path))
  const restored = [
    after.journal,
    ...own.flatMap(({ snapshot }) => (theirs.has(snapshot) ? snapshot : [])),
  ]
  const removed = own.flatMap(({ file, hasSql, snapshot, hasSnapshot }) => [
    ...(hasSql ? [file] : []),
    ...(hasSnapshot && !theirs.has(snapshot) ? [snapshot] : []),
  ])
  const words = (paths: readonly string[]) => [...new Set(paths)].map(word).join(' ')
  const line = [
    staging([after.path], here),
    `git checkout ${label} -- ${words(restored)}`,
    ...(removed.length > 0 ? [`git rm -q -f ${words(removed)}`] : []),
    generate,
  ].join(' && ')
  return { own, line }
}
