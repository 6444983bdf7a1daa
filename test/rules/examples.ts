import { migrationRules as rules } from '../../rules/index.ts'
import type { Session } from '../../src/dialects/effects.ts'
import type { Example } from '../../src/lint/rule.ts'

/** An example of a rule's documentation. */
export interface DocumentedExample {
  readonly rule: string
  readonly kind: 'bad' | 'good'
  readonly example: Example
}

const all: readonly DocumentedExample[] = rules.flatMap(({ name, meta }) =>
  (['bad', 'good'] as const).flatMap((kind) =>
    [meta.docs, ...Object.values(meta.wording ?? {})].flatMap(({ examples }) =>
      examples[kind].map((example) => ({ rule: name, kind, example })),
    ),
  ),
)

/** PostgreSQL's. */
export const examples = all.filter(({ example }) => example.dialect === undefined)

export const mysqlExamples = all.filter(({ example }) => example.dialect === 'mysql')

export const sqliteExamples = all.filter(({ example }) => example.dialect === 'sqlite')

export function filesOf({ sql }: Example): readonly string[] {
  return typeof sql === 'string' ? [sql] : sql
}

/** The circumstances an example speaks of; without a version of its own it holds for each. */
export function sessionOf({ migrator, versions }: Example, version?: number): Session {
  const transactions = { drizzle: 'deployment', 'per-file': 'migration', none: 'none' } as const
  return {
    version: version ?? versions?.from ?? versions?.to ?? null,
    timezone: 'UTC',
    transaction: transactions[migrator ?? 'drizzle'],
  }
}
