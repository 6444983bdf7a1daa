/** What kind of harm a finding is about; the order is the order of a report's summary. */
export type Category =
  | 'data-loss'
  | 'breaks-running-code'
  | 'blocks-traffic'
  | 'fails-on-rows'
  | 'cannot-run'
  | 'integrity'
  | 'convention'

export type Severity = 'error' | 'warn'

/** A place in a file's text: UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A replacement in a file's text; an empty range inserts. */
export interface Edit {
  /** Relative to the root of the tree, with `/`. */
  readonly file: string
  readonly range: Range
  readonly text: string
}

/** A change of text that deals with a finding. */
export interface Fix {
  /** What it does, in the imperative: `Append NOT VALID`. */
  readonly title: string
  /** None overlaps another. */
  readonly edits: readonly Edit[]
}

/** One thing a rule has to say about one place. Data only: `report/` prints it. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly category: Category
  /** The project's name: its drizzle config or folder, relative to the root. */
  readonly project: string
  /** Journal tag (layout 0.x) or folder name (1.0); null for what concerns no single migration. */
  readonly migration: string | null
  /** What it is about, as SQL names it: `users.email`, `orders_user_id_fk`. */
  readonly object: string | null
  /** Relative to the root of the tree, with `/`. */
  readonly file: string
  /** The part to blame; null for a finding about a whole file. */
  readonly range: Range | null
  /** Other places that it is as much about. */
  readonly also?: readonly { readonly file: string; readonly range: Range | null }[]
  /** One sentence: what will happen. */
  readonly message: string
  /** What to do instead. */
  readonly help: string
  /** Changes nothing that anybody could have meant: it may be applied without asking. */
  readonly fix?: Fix
  /** Ways to deal with it that somebody has to choose. */
  readonly suggestions?: readonly Fix[]
  /** Set where a server was seen to do it (`verify`), and not only expected to. */
  readonly measured?: boolean
  /** Set when a directive or an acknowledgement silenced it, with the reason given there. */
  readonly suppressed?: {
    readonly reason: string
    /** By a comment beside the SQL; else by the configuration. */
    readonly inSource?: true
  }
}

/** Something in scope the tool could not do its job for. Any problem means exit code 2. */
export interface Problem {
  /** One line: what is wrong, where. */
  readonly message: string
  readonly file: string | null
  /** What to do about it. */
  readonly help: string
}
