import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { docsDrift, writeDocs } from '../../src/report/docsFolder.ts'
import { explanation } from '../../src/report/explanation.ts'
import { painter } from '../../src/report/paint.ts'
import { renderIndex, renderRuleDocs } from '../../src/report/ruleDocs.ts'
import { ruleTable } from '../../src/report/ruleTable.ts'
import { dropThing, slowThing } from './fixtures.ts'

const rules = [dropThing, slowThing]
const GENERATED =
  '<!-- Generated from the rule by `npm run docs`. Change the rule, not this file. -->'

test("a rule's page", () => {
  expect(renderRuleDocs(dropThing)).toBe(`${GENERATED}

# drop-thing

A thing is dropped that running code may still use.

Severity: error. Category: data-loss. In ESLint: \`migration-lint/drop-thing\`.

## Why

Its data is gone | at once.

## What to do instead

1. Stop using it and deploy.
2. Drop it in the next deployment.

## Reported

### a thing with data

\`\`\`sql
-- deployed
CREATE TABLE a (b int);

-- pending
DROP TABLE a;
\`\`\`

## Not reported

### a thing of this deployment

\`\`\`sql
-- pending, migration 1 (PostgreSQL 14 and later, migrator: per-file)
CREATE TABLE a (b int);

-- pending, migration 2 (PostgreSQL 14 and later, migrator: per-file)
DROP TABLE a;
\`\`\`
`)
})

test('a page names options and severities that differ by message', () => {
  const page = renderRuleDocs(slowThing)
  expect(page).toContain('\n## Options\n\n- rows (number): from how many rows on\n')
  expect(page).toContain(
    '\nSeverity: warning (in some cases error). Category: blocks-traffic. In ESLint: `migration-lint/slow-thing`.\n',
  )
  expect(page).not.toContain('## Reported')
})

test('the index', () => {
  expect(renderIndex(rules)).toBe(`${GENERATED}

# Rules

| Rule | Severity | Category | Database | What it reports |
| --- | --- | --- | --- | --- |
| [drop-thing](drop-thing.md) | error | data-loss | all | A thing is dropped that running code may \
still use. |
| [slow-thing](slow-thing.md) | warning (in some cases error) | blocks-traffic | all | A thing takes \
long \\| or longer. |
`)
})

test('a rule explained in the terminal', () => {
  expect(explanation(dropThing, 100, painter(false))).toBe(`drop-thing  error, data-loss
A thing is dropped that running code may still use.

Why
  Its data is gone | at once.

Instead
  1. Stop using it and deploy.
  2. Drop it in the next deployment.

Bad: a thing with data
  -- deployed
  CREATE TABLE a (b int);
  -- pending
  DROP TABLE a;

Good: a thing of this deployment
  -- pending, migration 1 (PostgreSQL 14 and later, migrator: per-file)
  CREATE TABLE a (b int);
  -- pending, migration 2 (PostgreSQL 14 and later, migrator: per-file)
  DROP TABLE a;

https://github.com/migration-lint/migration-lint/blob/main/docs/rules/drop-thing.md
`)
})

test('the table of rules', () => {
  expect(`\n${ruleTable(rules, painter(false))}`).toBe(`
Rule        Severity                       Category        What it reports
drop-thing  error                          data-loss       A thing is dropped that running code \
may still use.
slow-thing  warning (in some cases error)  blocks-traffic  A thing takes long | or longer.
`)
})

describe('the folder of pages', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ml-docs-'))
  })

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('is written once and then up to date', () => {
    const all = ['README.md', 'drop-thing.md', 'slow-thing.md']
    expect(writeDocs(rules, folder)).toEqual(all)
    expect(readdirSync(folder).sort()).toEqual(all)
    expect(docsDrift(rules, folder)).toEqual([])
    expect(writeDocs(rules, folder)).toEqual([])
  })

  test('drifts when a page is edited, goes missing or has lost its rule', () => {
    writeDocs(rules, folder)
    writeFileSync(join(folder, 'drop-thing.md'), 'edited')
    writeFileSync(join(folder, 'gone-thing.md'), 'of a rule that is gone')
    rmSync(join(folder, 'slow-thing.md'))
    const drifted = ['drop-thing.md', 'gone-thing.md', 'slow-thing.md']
    expect(docsDrift(rules, folder)).toEqual(drifted)
    expect(writeDocs(rules, folder)).toEqual(drifted)
    expect(docsDrift(rules, folder)).toEqual([])
  })

  test('is made where there is none', () => {
    const missing = join(folder, 'docs', 'rules')
    expect(docsDrift(rules, missing)).toHaveLength(3)
    writeDocs(rules, missing)
    expect(docsDrift(rules, missing)).toEqual([])
  })
})
