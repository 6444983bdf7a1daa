import { rmSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from '../../built.ts'
import { type Files, KITS, generated, inShort, projectWith, verdictIn } from './kits.ts'
import { ASKS, BASE_PROJECT, CLEAN, NEEDS, type Scenario, UNKNOWN } from './scenarios.ts'

beforeAll(() => {
  builtCli()
})
const all: Scenario[] = [...CLEAN.map((s) => ({ ...s, expected: 'clean' })), ...NEEDS, ...ASKS, ...UNKNOWN]

describe.each(KITS)('%s', (kit) => {
  it.concurrent.each(all.filter((s) => s.kits?.includes(kit) ?? true).map((s) => [s.name, s] as const))('%s', async (_name, s) => {
    const out = generated(kit, s.from ?? BASE_PROJECT)
    const files = Object.fromEntries(
      Object.entries({ ...BASE_PROJECT, ...out, ...s.files }).filter(([, c]) => c !== null),
    ) as Files
    const folder = projectWith(kit, files)
    try {
      const t = performance.now()
      const v = await verdictIn(folder)
      const e = s.unlike?.[kit] ?? s.expected
      const short = inShort(v)
      const ok = typeof e === 'string' ? e === short : e.test(short)
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${kit} | ${s.name} | ${short} | ${Math.round(performance.now() - t)}`)
      expect(ok).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
