import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compareSchema } from '../../../src/drizzle/kit/compare.ts'
import type { Verdict } from '../../../src/drizzle/kit/verdict.ts'
import { builtCli } from '../../built.ts'
import { type Files, comparisonIn, generated, modulesOf, write } from './kits.ts'
import { BASE_PROJECT } from './scenarios.ts'
import { BASE, edit } from './schemas.ts'

// drizzle-kit 0.31.9 with drizzle-orm 0.36: its functions import what that drizzle-orm does not have.
let first: Files
let folder: string

beforeAll(() => {
  builtCli()
  first = generated('0.31.11', BASE_PROJECT)
})

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'migration-lint-'))
  const from = modulesOf('0.31.11')
  const kit = join(folder, 'node_modules/drizzle-kit')
  mkdirSync(kit, { recursive: true })
  symlinkSync(join(from, 'drizzle-orm'), join(folder, 'node_modules/drizzle-orm'))
  for (const file of ['bin.cjs', 'index.js', 'index.mjs', 'package.json']) {
    symlinkSync(join(from, 'drizzle-kit', file), join(kit, file))
  }
  write(kit, { 'api.js': `throw new Error("Package subpath './singlestore-core' is not defined")` })
  write(folder, { ...BASE_PROJECT, ...first })
})

afterEach(() => rmSync(folder, { recursive: true }))

async function verdict(files: Files = {}): Promise<Verdict> {
  write(folder, files)
  return compareSchema(await comparisonIn(folder))
}

describe('where the functions of drizzle-kit cannot be loaded, its command line is asked', () => {
  test('nothing changed', async () => {
    expect(await verdict()).toMatchObject({ kind: 'same' })
  })

  test('a column added', async () => {
    const schema = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
    const found = await verdict({ 'schema.ts': schema })
    expect(found).toMatchObject({
      kind: 'different',
      differences: [{ text: 'posts.body added' }],
      sql: ['ALTER TABLE "posts" ADD COLUMN "body" text;'],
    })
  })

  test('a column renamed: it asks', async () => {
    const schema = edit(BASE, [`'display_name'`, `'shown_as'`])
    expect(await verdict({ 'schema.ts': schema })).toMatchObject({
      kind: 'unknown',
      reason: 'drizzle-kit asks whether something was renamed',
    })
  })

  test('a schema that throws', async () => {
    const found = await verdict({ 'schema.ts': `${BASE}throw new Error('no such luck')\n` })
    expect(found).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(/no such luck/) })
  })
})
