/** Stands in a text where its tables were. No file has it: JSON escapes such a character. */
const CUT = '"tables": "\\u0001cut"'
const OPENING = '\n  "tables": {\n'
const CLOSING = Buffer.from('\n  }')
const MEMBER_CLOSING = Buffer.from('\n    }')
const SEPARATOR = Buffer.from(',\n')

/** A table in a file, and what it says. */
interface Member {
  /** `    "public.users": { … }`, as it stands there. */
  readonly text: Buffer
  readonly key: string
  readonly value: unknown
}

/**
 * Parses snapshots one after the other. From one to the next most tables stay as they are, and all of
 * them together are most of what there is to read: a table that is byte by byte the same as in the
 * snapshot before is neither decoded nor parsed again, and is the same object.
 *
 * It relies on how drizzle-kit lays its files out (`JSON.stringify(…, null, 2)`); one that is laid
 * out otherwise is parsed as a whole. A line break cannot stand in a JSON string, and every piece is
 * parsed: what is returned is always what `JSON.parse` returns.
 */
export class SimilarJson {
  private known: readonly Member[] = []

  /**
   * What `JSON.parse` returns for the text of a file, not to be changed.
   *
   * @throws SyntaxError as `JSON.parse` does
   */
  parse(content: Buffer): unknown {
    return this.inParts(content) ?? (JSON.parse(textOf(content)) as unknown)
  }

  /** Null where the file is laid out otherwise, or is no JSON. */
  private inParts(content: Buffer): unknown {
    const opening = content.indexOf(OPENING)
    if (opening < 0) return null
    try {
      const start = opening + OPENING.length
      const members = this.members(content, start)
      if (members === null) return null
      const end = members.reduce(
        (at, { text }) => at + text.length + SEPARATOR.length,
        start - SEPARATOR.length,
      )
      const before = textOf(content.subarray(0, opening))
      const after = content.toString('utf8', end + CLOSING.length)
      const whole = JSON.parse(`${before}${CUT}${after}`) as unknown
      if (!hasTables(whole) || whole.tables !== '\u0001cut') return null
      whole.tables = Object.fromEntries(members.map(({ key, value }) => [key, value]))
      this.known = members
      return whole
    } catch {
      return null
    }
  }

  /** The tables from a place on, up to the end of the object they stand in. */
  private members(content: Buffer, start: number): readonly Member[] | null {
    const members: Member[] = []
    // Which one comes next if nothing changes.
    let next = 0
    for (let at = start; ; at += SEPARATOR.length) {
      let known = this.known[next]
      if (!known || !isAt(content, at, known.text)) {
        const closing = content.indexOf(MEMBER_CLOSING, at)
        if (closing < 0) return null
        const text = content.subarray(at, closing + MEMBER_CLOSING.length)
        const position = this.known.findIndex((other) => other.text.equals(text))
        const fresh = position < 0 ? read(text) : this.known[position]!
        if (fresh === null) return null
        // Where one was removed, what follows comes later; where one was added, it still is next.
        if (position >= 0) next = position + 1
        else if (known?.key === fresh.key) next++
        known = fresh
      } else next++
      members.push(known)
      at += known.text.length
      if (isAt(content, at, CLOSING)) return members
      if (!isAt(content, at, SEPARATOR)) return null
    }
  }
}

function isAt(content: Buffer, at: number, text: Buffer): boolean {
  const end = at + text.length
  return end <= content.length && content.compare(text, 0, text.length, at, end) === 0
}

function read(text: Buffer): Member | null {
  const entries = Object.entries(
    JSON.parse(`{${text.toString('utf8')}}`) as Readonly<Record<string, unknown>>,
  )
  const [entry] = entries
  // A copy, or a table that never changes would keep all of the first file it was in.
  return entries.length === 1 && entry
    ? { text: Buffer.from(text), key: entry[0], value: entry[1] }
    : null
}

/** Without a byte order mark. */
function textOf(content: Buffer): string {
  return content.toString('utf8').replace(/^\uFEFF/, '')
}

function hasTables(value: unknown): value is { tables: unknown } {
  return value !== null && typeof value === 'object' && 'tables' in value
}
