import { readFileSync } from 'node:fs'
import { splitAtBreakpoints } from '../../../src/dialects/breakpoints.ts'
import {
  type Read,
  type Refused,
  type Script,
  readChunk,
} from '../../../src/dialects/ddl/readChunk.ts'
import { type DocumentedExample, filesOf } from '../../rules/examples.ts'

interface TruthRow {
  readonly base_sql?: readonly string[]
  readonly pre?: string | readonly string[] | null
  readonly session?: readonly string[]
  readonly sql?: string | readonly string[]
}

interface Emitted {
  readonly dialect: string
  readonly before_sql: string
  readonly sql: string
}

/** What was measured on servers and what drizzle-kit wrote, which nobody edits. */
export function recorded(dialect: 'mysql' | 'sqlite'): readonly string[] {
  const truth = linesOf<TruthRow>(`${dialect}-truth.jsonl`).flatMap((row) =>
    [row.base_sql, row.pre, row.session, row.sql].flatMap((sql) => sql ?? []),
  )
  const emitted = linesOf<Emitted>('drizzle-emitted.jsonl')
    .filter((line) => line.dialect === dialect)
    .flatMap(({ before_sql, sql }) => [before_sql, sql])
  return [...truth, ...emitted]
}

/** The SQL of the rules' pages. */
export function documented(examples: readonly DocumentedExample[]): readonly string[] {
  return examples.flatMap(({ example }) => [example.schema, ...filesOf(example)])
}

/** Every statement of some scripts once, by its text. */
export function statementsOf<S extends Read>(
  scripts: readonly string[],
  script: Script<S>,
): ReadonlyMap<string, S | Refused> {
  const found = new Map<string, S | Refused>()
  for (const text of scripts) {
    for (const chunk of splitAtBreakpoints(text)) {
      for (const statement of readChunk(chunk, script).statements) {
        found.set(text.slice(statement.start, statement.end), statement)
      }
    }
  }
  return found
}

function linesOf<T>(fixture: string): readonly T[] {
  return readFileSync(new URL(`../../fixtures/${fixture}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}
