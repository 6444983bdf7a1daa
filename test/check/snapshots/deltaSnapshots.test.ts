import { beforeAll, describe, expect, test } from 'vitest'
import type { Selection } from '../../../src/check/options.ts'
import { coverageLines } from '../../../src/report/summary.ts'
import { builtCli } from '../../built.ts'
import { type Files, type KitVersion, generated, install, write } from '../../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../../drizzle/kit/schemas.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { checkIn } from '../projects.ts'

// drizzle-kit 1.0.0-rc.5 writes the first snapshot as a whole, and of each later one the difference.
const KIT: KitVersion = '1.0.0-rc.5'
const made = useRepositories()

const BODY = edit(BASE, [`  title: text`, `  body: text().array(),\n  title: text`])
const GUEST = edit(
  BODY,
  [`'member']`, `'member', 'guest']`],
  [`text('display_name')`, `text('display_name').notNull().default('')`],
)

let first: Files
let second: Files
let third: Files

beforeAll(() => {
  builtCli()
  first = generated(KIT, BASE_PROJECT)
  second = generated(KIT, { ...BASE_PROJECT, ...first, 'schema.ts': BODY })
  third = generated(KIT, { ...BASE_PROJECT, ...second, 'schema.ts': GUEST })
})

/** A branch that adds migrations to what production has. */
function branch(deployed: Files, added: Files, kit: KitVersion | null = KIT): string {
  const repository = made.create()
  if (kit !== null) install(kit, repository.path)
  write(repository.path, {
    '.gitignore': 'node_modules\n',
    'drizzle.config.ts': BASE_PROJECT['drizzle.config.ts']!,
    ...deployed,
  })
  repository.commit('what production has')
  repository.git('checkout', '--quiet', '-b', 'feature')
  write(repository.path, added)
  return repository.path
}

/** What is found of the snapshots, and what of them could not be compared. */
async function said(path: string, selection?: Selection): Promise<string[]> {
  const result = await checkIn(path, selection, { only: ['history'] })
  expect(result.problems).toEqual([])
  return [
    ...result.findings
      .filter(({ rule }) => rule === 'snapshot-mismatch')
      .map(({ message }) => message),
    ...coverageLines(result).slice(1),
  ]
}

/** The files with the SQL of one migration edited by hand. */
function edited(files: Files, ...change: readonly [from: string, to: string]): Files {
  const path = Object.keys(files).find(
    (name) => name.endsWith('.sql') && files[name]!.includes(change[0]),
  )!
  return { ...files, [path]: edit(files[path]!, change) }
}

describe('snapshots that only say what changed', () => {
  test('agree with the SQL that drizzle-kit wrote with them', async () => {
    expect(Object.values(third).join('')).toContain('"deltas"')
    expect(await said(branch(first, third))).toEqual([])
    expect(await said(branch({}, third), { kind: 'all' })).toEqual([])
  })

  test('tell what SQL that was edited leads to instead', async () => {
    const forgotten = edited(third, 'SET NOT NULL', 'DROP NOT NULL')
    const column = [
      expect.stringMatching(
        /^users\.display_name is nullable after \d+_\w+, but its snapshot says NOT NULL/,
      ),
    ]
    expect(await said(branch(first, forgotten))).toEqual(column)
    expect(await said(branch(second, forgotten))).toEqual(column)
    expect(await said(branch(forgotten, {}))).toEqual([])
    expect(await said(branch(forgotten, {}), { kind: 'all' })).toEqual(column)
  })

  test.each<[string, KitVersion | null, string]>([
    ['is not installed', null, 'drizzle-kit is not installed'],
    ['is too old', '0.31.11', 'drizzle-kit 0.31.11 is installed, 1.0.0-rc.5 or later is needed'],
  ])('are not compared where drizzle-kit %s', async (_, kit, reason) => {
    const forgotten = edited(third, 'SET NOT NULL', 'DROP NOT NULL')
    expect(await said(branch(first, forgotten, kit))).toEqual([
      `2 snapshots were not compared with the SQL (${reason}).`,
    ])
    expect(await said(branch(forgotten, {}, kit))).toEqual([])
  })

  test('are compared without drizzle-kit as far as the first one goes', async () => {
    expect(
      await said(branch({}, edited(first, `"title" text NOT NULL`, `"title" text`), null)),
    ).toEqual([expect.stringMatching(/^posts\.title is nullable/)])
  })

  test('are not compared where one is missing', async () => {
    const middle = Object.keys(second).find((path) => !(path in first) && path.endsWith('.json'))!
    const { [middle]: _, ...broken } = third
    expect(await said(branch(first, broken))).toEqual([
      expect.stringMatching(
        /^1 snapshot was not compared with the SQL \(drizzle-kit 1\.0\.0-rc\.5 could not read them: /,
      ),
    ])
  })
})
