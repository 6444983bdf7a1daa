import { describe, expect, test } from 'vitest'
import { withoutHalves } from '../../../src/check/sync/halfStaged.ts'
import type { Finding } from '../../../src/finding/finding.ts'

function finding(rule: string, file: string, migration: string | null = null): Finding {
  return {
    rule,
    file,
    migration,
    severity: 'error',
    category: 'integrity',
    project: 'p',
    object: null,
    range: null,
    message: '',
    help: '',
  }
}

const JOURNAL = 'drizzle/meta/_journal.json'

describe('what the history says of a migration that is staged in part', () => {
  test.each([
    ['no SQL', finding('missing-migration-file', JOURNAL, '0008_phone')],
    ['no entry', finding('orphan-migration-file', 'drizzle/0008_phone.sql')],
    ['no snapshot', finding('missing-snapshot', 'drizzle/0008_phone.sql', '0008_phone')],
  ])('%s: is left to sync', (_, one) => {
    expect(withoutHalves([one], [JOURNAL, 'drizzle/meta/0008_snapshot.json'])).toEqual([])
  })

  test('of another migration, or about something else, stays', () => {
    const others = [
      finding('missing-migration-file', JOURNAL, '0007_name'),
      finding('journal-order', JOURNAL, '0008_phone'),
    ]
    expect(withoutHalves(others, [JOURNAL, 'drizzle/0008_phone.sql'])).toEqual(others)
  })

  test('in the layout of 1.0 the folder names the migration', () => {
    const one = finding('missing-snapshot', 'drizzle/20261120_phone/migration.sql')
    expect(withoutHalves([one], ['drizzle/20261120_phone/snapshot.json'])).toEqual([])
  })
})
