import { rmSync } from 'node:fs'

import { afterEach } from 'vitest'

import type { TreeSelection } from '../../src/git/deployment.ts'
import { ProblemError } from '../../src/finding/problem.ts'
import {
  cloneRepository,
  createFolder,
  createRepository,
  isolatedEnvironment,
} from './repository.ts'
import type { Repository } from './repository.ts'

/** Makes repositories and folders that are gone after the test. */
export function useRepositories() {
  let made: string[] = []
  afterEach(() => {
    for (const path of made) rmSync(path, { recursive: true, force: true })
    made = []
  })
  const remember = (repository: Repository): Repository => {
    made.push(repository.path)
    return repository
  }
  return {
    create: () => remember(createRepository()),
    clone: (from: Repository, ...options: string[]) => remember(cloneRepository(from, ...options)),
    folder() {
      const path = createFolder()
      made.push(path)
      return path
    },
  }
}

/** What a check started in the folder would select. */
export function selection(
  cwd: string,
  given: Partial<TreeSelection> = {},
  env: NodeJS.ProcessEnv = {},
): TreeSelection {
  return { mode: 'default', cwd, ...given, env: isolatedEnvironment(env) }
}

/** The problem an action ends with; it fails where there is none. */
export async function problemOf(action: () => unknown): Promise<ProblemError['problem']> {
  try {
    await action()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('There was no problem')
}
