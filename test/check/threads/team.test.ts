import { describe, expect, test } from 'vitest'
import { rulebook } from '../../../rules/index.ts'
import { check } from '../../../src/check/check.ts'
import { type Done, type Share, type Threads, takeTask } from '../../../src/check/threads/share.ts'
import { work } from '../../../src/check/threads/work.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import { type Migrations, drizzleConfig, journalFolder, writeFiles } from '../projects.ts'

const repositories = useRepositories()

/** Migrations of which every third drops what the one before it has made. */
function history(count: number): Migrations {
  const sql = (i: number) =>
    [
      `CREATE TABLE "t${i}" ("id" serial PRIMARY KEY, "a" text);\n`,
      `CREATE INDEX "i${i}" ON "t${i - 1}" ("a");\n`,
      `ALTER TABLE "t${i - 2}" DROP COLUMN "a";\n`,
    ][i % 3]!
  const tags = Array.from({ length: count }, (_, i) => `${String(i).padStart(4, '0')}_step`)
  return Object.fromEntries(tags.map((tag, i) => [tag, sql(i)]))
}

/** A repository with a project of so many migrations each. */
function repository(counts: readonly number[]): string {
  const { path } = repositories.create()
  writeFiles(path, { 'package.json': '{ "private": true }\n' })
  for (const [i, count] of counts.entries()) {
    writeFiles(path, {
      [`p${i}/drizzle.config.ts`]: drizzleConfig(),
      ...journalFolder(history(count), `p${i}/drizzle`),
    })
  }
  return path
}

async function judge(cwd: string, threads: Threads | null) {
  const options = {
    cwd,
    selection: { kind: 'all' },
    projects: [],
    only: null,
    config: null,
    env: isolatedEnvironment(),
  } as const
  const result = await check(options, rulebook, undefined, undefined, threads)
  const { findings, problems, counts, projects, notices } = result
  return { findings, problems, counts, projects, notices }
}

/** Threads that are none, but are handed what a thread is, and hand back what it would. */
function threads(most: number, start = work): Threads & { readonly done: Done[] } {
  const done: Done[] = []
  return {
    done,
    most,
    async start(share) {
      const own = structuredClone(await start(structuredClone(share), rulebook))
      done.push(...own)
      return own
    },
  }
}

describe('a whole history that several threads judge', () => {
  test.each([
    ['many projects', [90, 60, 60, 30, 6, 3]],
    ['one project', [240]],
    ['a project that is larger than all others', [240, 30, 9]],
  ])('is judged as by one: %s', async (_name, counts) => {
    const path = repository(counts)
    const more = threads(2)
    const together = await judge(path, more)
    expect(together.findings.length).toBeGreaterThan(50)
    expect(together).toEqual(await judge(path, null))
    expect(more.done).not.toEqual([])
  })

  test('is judged whole where a thread fails with what it has taken', async () => {
    const path = repository([90, 60, 60, 30])
    const failing = threads(1, (share: Share) => {
      takeTask(share)
      return Promise.reject(new Error('out of memory'))
    })
    expect(await judge(path, failing)).toEqual(await judge(path, null))
  })

  test('needs no second thread where it is short', async () => {
    const path = repository([60, 30])
    const more = threads(3)
    await judge(path, more)
    expect(more.done).toEqual([])
  })
})
