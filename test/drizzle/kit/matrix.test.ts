import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from '../../built.ts'
import {
  type Files,
  KITS,
  type KitVersion,
  generated,
  inShort,
  projectWith,
  verdictIn,
  write,
} from './kits.ts'
import { wholeMatrix } from '../../wholeMatrix.ts'
import { ASKS, BASE_PROJECT, CLEAN, NEEDS, type Scenario, UNKNOWN } from './scenarios.ts'

/** It is asked in the same way as 0.31, so that some of the scenarios do but for the whole matrix. */
const OLDEST = KITS[0]
const SAMPLE = 6

/** Milliseconds: the machine may be busy. */
const LONG = 10 * 60_000

// Each scenario is a whole project and a child process. What the migrations hold was written by the
// drizzle-kit that is asked.
beforeAll(() => {
  builtCli()
  for (const kit of KITS) generated(kit, BASE_PROJECT)
})

describe.each(KITS)('drizzle-kit %s', (kit) => {
  const those = (scenarios: readonly Scenario[]) =>
    scenarios
      .filter(({ kits }) => kits?.includes(kit) ?? true)
      .filter((_, i) => wholeMatrix || kit !== OLDEST || i % SAMPLE === 0)
      .map((scenario) => [scenario.name, scenario] as const)
  const clean = those(CLEAN.map((one) => ({ ...one, expected: 'clean' })))

  it.concurrent.each(clean)('needs nothing: %s', (_name, scenario) => replay(kit, scenario))
  it.concurrent.each(those(NEEDS))('needs a migration: %s', (_name, scenario) =>
    replay(kit, scenario),
  )
  it.concurrent.each(those(ASKS))('would ask: %s', (_name, scenario) => replay(kit, scenario))
  it.concurrent.each(those(UNKNOWN))('cannot be told: %s', (_name, scenario) =>
    replay(kit, scenario),
  )
})

async function replay(kit: KitVersion, scenario: Scenario): Promise<void> {
  const { from = BASE_PROJECT, folder = '', links = {}, patience = LONG } = scenario
  const place = (files: Scenario['files']): Scenario['files'] =>
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [join(folder, path), content]),
    )
  const files = { ...place({ ...from, ...generated(kit, from) }), ...place(scenario.files) }
  const there = Object.entries(files).filter(([, content]) => content !== null)
  const root = projectWith(kit, Object.fromEntries(there) as Files)
  try {
    write(root, { 'package.json': files['package.json'] ?? '{ "private": true }' })
    for (const [path, target] of Object.entries(links)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      symlinkSync(target, join(root, path))
    }
    const verdict = await verdictIn(root, { patience })
    const expected = scenario.unlike?.[kit] ?? scenario.expected
    if (typeof expected === 'string') expect(inShort(verdict)).toBe(expected)
    else expect(inShort(verdict)).toMatch(expected)
  } finally {
    rmSync(root, { recursive: true })
  }
}
