import { RuleTester } from 'eslint'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import type { Fix } from '../../../src/finding/finding.ts'
import plugin from '../../../src/eslint.ts'
import { journalFolder, writeFiles } from '../../check/projects.ts'
import { deploy } from '../../dialects/postgres/effects/model.ts'
import { createFolder, openRepository } from '../../git/repository.ts'
import { examples, sessionOf } from '../../rules/examples.ts'
import { lint, turningOn } from '../../rules/linted.ts'

RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) openRepository(folder).remove()
})

// Several files that are deployed together are several deployments for ESLint, and what `suppression`
// says depends on the other rules that run: agreement.test.ts has both.
const single = examples.flatMap(({ rule, kind, example }, at) => {
  const { schema, sql, migrator, versions } = example
  if (typeof sql !== 'string' || rule === 'suppression') return []
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, journalFolder({ '0000_schema': schema, '0001_change': sql }))
  const version = versions?.from ?? versions?.to
  const session = sessionOf(example)
  const errors = lint(session, deploy(session, [schema]), [sql], turningOn(rule))
    .filter((finding) => finding.rule === rule && finding.suppressed === undefined)
    .map(({ message, help, suggestions = [] }) => ({
      message: `${message} ${help}`,
      suggestions: suggestions.map((fix) => ({ desc: fix.title, output: edited(sql, fix) })),
    }))
  const languageOptions = {
    ...(migrator ? { migrator } : {}),
    ...(version ? { postgres: { version } } : {}),
  }
  const filename = join(folder, 'drizzle/0001_change.sql')
  const test = { name: `${kind} ${at}: ${example.name}`, code: sql, filename, languageOptions }
  return [{ rule, test: test as never, errors }]
})

/** A text after the edits of a fix. */
function edited(text: string, { edits }: Fix): string {
  return edits.reduceRight(
    (result, { range, text: inserted }) =>
      result.slice(0, range.start) + inserted + result.slice(range.end),
    text,
  )
}

const tester = new RuleTester({
  plugins: { 'migration-lint': plugin },
  language: 'migration-lint/postgresql',
} as never)

for (const rule of new Set(single.map(({ rule }) => rule))) {
  const own = single.filter((one) => one.rule === rule)
  tester.run(rule, plugin.rules![rule] as never, {
    valid: own.filter(({ errors }) => errors.length === 0).map(({ test }) => test),
    invalid: own
      .filter(({ errors }) => errors.length > 0)
      .map(({ test, errors }) => Object.assign(test, { errors })),
  })
}
