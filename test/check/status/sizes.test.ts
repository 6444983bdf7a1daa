import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { saveSizes } from '../../../src/check/sizesFile.ts'
import { checkIn, project, writeFiles } from '../projects.ts'

const SQL = ['small', 'large', 'unknown']
  .map((name) => `ALTER TABLE "${name}" ALTER COLUMN "id" SET DATA TYPE bigint;`)
  .join('--> statement-breakpoint\n')

test('sizes that status has kept decide what is worth a word, and are in it', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'migration-lint-sizes-'))
  writeFiles(cwd, {
    'package.json': '{}',
    ...project({
      '0000_base':
        'CREATE TABLE small (id int); CREATE TABLE large (id int); CREATE TABLE unknown (id int);',
      '0001_wide': SQL,
    }),
    'migration-lint.config.json': '{"projects":[{"config":"drizzle.config.ts","smallBelow":1000}]}',
  })
  saveSizes(
    cwd,
    'drizzle.config.ts',
    new Map([
      ['small', { rows: 12, bytes: 8192 }],
      ['large', { rows: 40_210_000, bytes: 11.4 * 1024 ** 3 }],
      ['unknown', { rows: null, bytes: 8192 }],
    ]),
  )
  const { findings } = await checkIn(
    cwd,
    { kind: 'since', tag: '0000_base' },
    { only: ['migration'] },
  )
  const sizes = findings.map(
    ({ object, message }) => `${object} | ${message.split('it. ')[1] ?? ''}`,
  )
  expect(sizes).toEqual([
    'large.id | large: about 40 million rows, 11 GB.',
    'unknown.id | unknown: never analysed, 8 kB.',
  ])
})
