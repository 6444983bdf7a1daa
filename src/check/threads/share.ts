import type { Config } from '../../config/config.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { FamilyResult } from '../families.ts'
import type { CheckOptions } from '../options.ts'
import type { CheckName } from '../project.ts'

/** Checks of one project that one thread makes, because what they read is the same. */
export interface Task {
  /** The position of the project. */
  readonly project: number
  readonly checks: readonly CheckName[]
}

/** What another thread needs to make checks of the same run; it can be cloned. */
export interface Share {
  readonly options: CheckOptions
  /** Without plugins: their rules are functions. */
  readonly config: Config
  readonly projects: readonly Project[]
  readonly tasks: readonly Task[]
  /** The number of the next task that nobody has taken: one `Int32`, for all threads. */
  readonly next: SharedArrayBuffer
}

/** A check that another thread has made; what its functions would have told is not part of it. */
export interface Done {
  readonly project: number
  readonly check: CheckName
  readonly result: Omit<FamilyResult, 'timelines' | 'outlines'>
}

/** More threads for the checks of a run. */
export interface Threads {
  /** How many may run besides this one. */
  readonly most: number
  /** Starts one; rejects where it fails. */
  start(share: Share): Promise<readonly Done[]>
}

/** Takes the next task; undefined where there is none left. */
export function takeTask({ tasks, next }: Pick<Share, 'tasks' | 'next'>): Task | undefined {
  return tasks[Atomics.add(new Int32Array(next), 0, 1)]
}
