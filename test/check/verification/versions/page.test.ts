import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { versionTables } from './page.ts'
import { readRecorded } from './recorded.ts'

const page = join(import.meta.dirname, '../../../../docs/postgres-versions.md')
const MARK = '<!-- What follows is generated: vitest run test/check/verification/versions -u -->\n'

test('docs/postgres-versions.md shows what was measured (vitest -u rewrites it)', async () => {
  const [head = ''] = readFileSync(page, 'utf8').split(MARK)
  const tables = versionTables(readRecorded())
  await expect(`${head}${MARK}\n${tables}`).toMatchFileSnapshot(page)
})
