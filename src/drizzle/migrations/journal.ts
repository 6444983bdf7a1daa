import { isRecord } from '../../json/isRecord.ts'
import type { Problem } from '../../finding/finding.ts'
import { ProblemError } from '../../finding/problem.ts'

/** `meta/_journal.json`: the list that drizzle-kit 0.x's migrator goes by. */
export interface Journal {
  /** Its path, relative to the root. */
  readonly path: string
  readonly version: string | null
  /** As it is spelt there: `postgresql`, but `pg` before drizzle-kit 0.21. */
  readonly dialect: string | null
  /** In file order, which is the order the migrator reads in. */
  readonly entries: readonly JournalEntry[]
}

export interface JournalEntry {
  /** Written by drizzle-kit, read by nobody; null where a hand-written entry leaves it out. */
  readonly idx: number | null
  /** Milliseconds. The migrator applies what is later than the last one it recorded. */
  readonly when: number
  /** Names the SQL file. */
  readonly tag: string
  /** Version of the snapshot that belongs to it. */
  readonly version: string | null
  readonly breakpoints: boolean | null
}

/** A journal that cannot be read, and where it goes wrong. */
export class JournalError extends ProblemError {
  readonly kind: 'conflict-markers' | 'invalid-json'
  /** Position of the entry to blame; null where it is not one. */
  readonly entry: number | null

  constructor(problem: Problem, kind: JournalError['kind'], entry: number | null = null) {
    super(problem)
    this.kind = kind
    this.entry = entry
  }
}

/** Lines that git leaves in a file that it could not merge. */
export const CONFLICT = /^(?:<{7}|={7}|>{7})(?: .*)?$/m

const REGENERATE =
  'Restore it from the last good commit, then run `drizzle-kit generate` again for your change.'

/**
 * Reads a journal. The shape is drizzle-kit's (0.20 to 0.31); the migrator needs `tag` and `when`,
 * all else may be missing.
 *
 * @param text - its content
 * @param path - relative to the root
 * @param label - the tree it is from, for messages
 * @throws JournalError for conflict markers, invalid JSON and a wrong shape
 */
export function parseJournal(text: string, path: string, label: string): Journal {
  const json = parse(text, path, label)
  const where = `${path} (${label})`
  if (!isRecord(json) || !Array.isArray(json['entries'])) {
    throw broken(path, `${where} is not a Drizzle journal: it has no list of entries.`)
  }
  return {
    path,
    version: string(json['version']),
    dialect: string(json['dialect']),
    entries: json['entries'].map((entry: unknown, i) => parseEntry(entry, i, path, where)),
  }
}

function parse(text: string, path: string, label: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (CONFLICT.test(text)) {
      throw new JournalError(
        {
          message: `${path} (${label}) holds merge conflict markers.`,
          file: path,
          help:
            "Keep the other branch's entries, drop your own with their SQL and snapshots, " +
            'and run `drizzle-kit generate` again for your change.',
        },
        'conflict-markers',
      )
    }
    const reason = error instanceof Error ? error.message.split('\n')[0] : 'unreadable'
    throw broken(path, `${path} (${label}) is not valid JSON: ${reason}.`)
  }
}

function parseEntry(entry: unknown, position: number, path: string, where: string): JournalEntry {
  const wrong = (what: string): JournalError =>
    broken(path, `${where}: entry ${position} has no ${what}.`, position)
  if (!isRecord(entry) || typeof entry['tag'] !== 'string' || entry['tag'] === '') {
    throw wrong('tag that names its SQL file')
  }
  const { idx, when, tag, version, breakpoints } = entry
  if (typeof when !== 'number') throw wrong(`time ("when"), so the migrator never runs ${tag}`)
  return {
    idx: typeof idx === 'number' ? idx : null,
    when,
    tag,
    version: string(version),
    breakpoints: typeof breakpoints === 'boolean' ? breakpoints : null,
  }
}

function broken(file: string, message: string, entry: number | null = null): JournalError {
  return new JournalError({ message, file, help: REGENERATE }, 'invalid-json', entry)
}

function string(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
