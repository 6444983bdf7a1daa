import type { Finding, Range } from '../../src/finding/finding.ts'
import type { CheckResult, Counts } from '../../src/check/result.ts'
import type { FormatOptions } from '../../src/report/formats/format.ts'
import type { MigrationRule } from '../../src/lint/rule.ts'

export const FILE = 'drizzle/0004_shiny_vision.sql'

/** The range of the first occurrence of a part of a text. */
export function rangeOf(text: string, part: string): Range {
  const start = text.indexOf(part)
  if (start === -1) throw new Error(`"${part}" is not in the text`)
  return { start, end: start + part.length }
}

export function finding(given: Partial<Finding> = {}): Finding {
  return {
    rule: 'drop-column',
    severity: 'error',
    category: 'data-loss',
    project: 'drizzle.config.ts',
    migration: '0004_shiny_vision',
    object: 'users.email',
    file: FILE,
    range: null,
    message: 'Dropping users.email deletes its data.',
    help: 'Drop it in the deployment after the next.',
    ...given,
  }
}

export function result(
  given: Partial<Omit<CheckResult, 'counts' | 'text'>> & {
    counts?: Partial<Counts>
    texts?: Readonly<Record<string, string>>
  } = {},
): CheckResult {
  const { counts, texts = {}, ...rest } = given
  return {
    findings: [],
    problems: [],
    comparedWith: 'compared with origin/main',
    ...rest,
    counts: {
      migrationsJudged: 1,
      migrationsDeployed: 0,
      orphans: 0,
      statements: 3,
      unmodelled: 0,
      ...counts,
    },
    text: (file) => texts[file],
  }
}

/** What formats are told: the repository's top, a log. */
export function formatOptions(given: Partial<FormatOptions> = {}): FormatOptions {
  return {
    root: '/repo',
    cwd: '/repo',
    quiet: false,
    color: false,
    width: null,
    silentIfClean: false,
    bypassHint: null,
    maxWarnings: null,
    isWholeHistory: false,
    code: 1,
    version: '1.2.3',
    ...given,
  }
}

export const dropThing: MigrationRule = {
  name: 'drop-thing',
  meta: {
    dialects: 'all',
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A thing is dropped that running code may still use.',
      why: 'Its data is gone | at once.',
      instead: '1. Stop using it and deploy.\n2. Drop it in the next deployment.',
      category: 'data-loss',
      examples: {
        bad: [
          { name: 'a thing with data', schema: 'CREATE TABLE a (b int);', sql: 'DROP TABLE a;' },
        ],
        good: [
          {
            name: 'a thing of this deployment',
            schema: '',
            sql: ['CREATE TABLE a (b int);', 'DROP TABLE a;\n'],
            versions: { from: 14 },
            migrator: 'per-file',
          },
        ],
      },
    },
    messages: { drop: { message: '{{thing}} goes.', help: 'Wait.' } },
  },
  create: () => ({}),
}

export const slowThing: MigrationRule = {
  name: 'slow-thing',
  meta: {
    dialects: 'all',
    type: 'suggestion',
    severity: 'warn',
    docs: {
      description: 'A thing takes long | or longer.',
      why: 'Writes wait.',
      instead: 'Do it apart.',
      category: 'blocks-traffic',
      examples: { bad: [], good: [] },
    },
    messages: {
      slow: { message: '{{thing}} is slow.', help: 'Wait.' },
      worse: { message: '{{thing}} is slower.', help: 'Wait.', severity: 'error' },
    },
    options: { rows: { type: 'number', description: 'from how many rows on' } },
  },
  create: () => ({}),
}
