import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Tree } from '../../git/tree.ts'
import { ProblemError } from '../../finding/problem.ts'
import { folderOf } from '../find/paths.ts'
import type { Project } from '../find/project.ts'
import type { Cache } from '../find/readings.ts'
import { isBeforeDeltas } from '../snapshot/version.ts'
import { type Ended, PATIENCE, childFile, inChild } from './childProcess.ts'
import { findKit, type KitInstallation } from './installation.ts'
import { cachedAnswer } from './cached.ts'
import type { SnapshotAnswer, KitTrace, SnapshotHistory } from './request.ts'

/** Above this, whoever asks wants the whole history once: nothing of it is worth keeping. */
const MOST_CACHED = 8

/** Snapshots that only say what changed, and what it takes to put them together. */
export interface Deltas {
  /** Absolute path of the top folder. */
  readonly root: string
  /** The tree under check. */
  readonly tree: Tree
  readonly project: Project
  /** Each with all the snapshots of a folder, of one tree. */
  readonly histories: readonly SnapshotHistory[]
  /** Where answers are kept between runs. */
  readonly cache?: Cache | null
  /** Milliseconds that drizzle-kit may take. */
  readonly patience?: number
}

export type Reconstruction =
  | {
      readonly kind: 'whole'
      /** For each history, the wanted snapshots as JSON: the whole `ddl` in place of `deltas`. */
      readonly snapshots: readonly Readonly<Record<string, unknown>>[]
    }
  /** Why nobody can tell, in a clause: `drizzle-kit is not installed`. */
  | { readonly kind: 'unknown'; readonly reason: string }

/**
 * Puts together the snapshots of drizzle-kit 1.0.0-rc.5 and later, of which all but the first only
 * say what is different from their parents. How, only the project's own drizzle-kit knows: it is run
 * in a process of its own.
 *
 * @returns `unknown` for everything that keeps drizzle-kit from an answer, never an exception
 */
export async function reconstruct(deltas: Deltas): Promise<Reconstruction> {
  const { root, tree, project, histories, cache, patience = PATIENCE } = deltas
  const kit = findKit(join(root, project.config === null ? project.out : folderOf(project.config)))
  if (kit === null) return { kind: 'unknown', reason: 'drizzle-kit is not installed' }
  if (isBeforeDeltas(kit.version)) {
    return {
      kind: 'unknown',
      reason: `drizzle-kit ${kit.version} is installed, 1.0.0-rc.5 or later is needed`,
    }
  }
  const wanted = histories.reduce((count, { ids }) => count + ids.length, 0)
  const memory = {
    root,
    tree,
    cwd: root,
    cache: wanted > MOST_CACHED ? null : cache,
    key: `snapshots ${project.name}`,
    facts: createHash('sha1')
      .update(JSON.stringify([process.version, kit, histories]))
      .digest('hex'),
  }
  try {
    return await cachedAnswer<Reconstruction>(memory, () => ask(root, kit, histories, patience))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { kind: 'unknown', reason: error.problem.message }
  }
}

function ask(
  root: string,
  kit: KitInstallation,
  histories: readonly SnapshotHistory[],
  patience: number,
): Promise<{ readonly value: Reconstruction; readonly trace: KitTrace | null }> {
  return inChild(
    () => ({
      request: {
        root,
        cwd: root,
        overlay: {},
        environment: { placeholders: false, files: [], values: {} },
        reconstruction: { kit: kit.folder, histories },
      },
      args: [childFile('evaluate')],
    }),
    (ended) => {
      const text = ended.file('answer.json')
      const answer = text === null ? null : (JSON.parse(text) as SnapshotAnswer)
      if (answer?.status === 'ok') {
        return { value: { kind: 'whole', snapshots: answer.snapshots }, trace: ended.trace }
      }
      const reason = `drizzle-kit ${kit.version} ${failure(answer, ended, patience)}`
      return { value: { kind: 'unknown', reason }, trace: null }
    },
    patience,
  )
}

function failure(
  answer: SnapshotAnswer | null,
  { timedOut, code }: Ended,
  patience: number,
): string {
  if (timedOut) return `did not finish within ${patience / 1000} seconds`
  if (answer?.status !== 'error') return `ended with exit code ${code ?? 'none'}`
  const [sentence = ''] = answer.message.trim().split('\n')
  return `could not read them: ${sentence.replace(/\.$/, '').slice(0, 300)}`
}
