import { expect, test } from 'vitest'
import { Answers } from '../../../../src/cache/answers.ts'
import type { Store } from '../../../../src/cache/store.ts'
import { createEngine } from '../../../../src/dialects/postgres/engine.ts'
import { answeredParser } from '../../../../src/dialects/postgres/sql/answeredParser.ts'
import { loadParser } from '../../../../src/dialects/postgres/sql/loadParser.ts'
import type { LoadedParser } from '../../../../src/dialects/postgres/sql/parser.ts'

const parser = await loadParser()

/** Everything a run asks of the parser about a migration, as one value. */
function judged(answers: Answers, load: () => LoadedParser, text: string) {
  const engine = createEngine(answeredParser(answers, load))
  const migration = { name: '0001_m', file: 'drizzle/0001_m.sql', text }
  const { statements } = engine.replay(engine.emptyCatalog, migration, 0, false)
  return {
    replayed: JSON.stringify(statements),
    directives: engine.directives(text),
    statements: engine.statements(text),
    foreign: engine.looksForeign(text),
  }
}

test.each([
  ['a table', 'CREATE TABLE "t" ("id" int PRIMARY KEY, "price" numeric(10, 2) DEFAULT 0);'],
  ['code in a body', 'DO $$ BEGIN ALTER TABLE t ADD COLUMN a int; END $$;'],
  ['text that is refused', 'ALTER TABLE "t" ADD COLUMN;\nSELECT 1;'],
  ['a comment', '-- migration-lint-disable-next-statement drop-table -- gone\nDROP TABLE "t";'],
])('%s is judged the same from the answers of an earlier run', (_name, text) => {
  const kept = new Map<string, unknown>()
  const store: Store = { get: (key) => kept.get(key), set: (key, value) => kept.set(key, value) }
  const first = new Answers(store, 'k')
  const expected = judged(first, () => parser, text)
  first.save()
  const unloaded = (): LoadedParser => {
    throw new Error('the parser was loaded')
  }
  expect(judged(new Answers(store, 'k'), unloaded, text)).toEqual(expected)
  expect(() => judged(new Answers(store, 'k'), unloaded, `${text} SELECT 2`)).toThrow('loaded')
})
