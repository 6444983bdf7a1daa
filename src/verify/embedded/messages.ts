/** What the process asks of the worker that holds the database; each answer carries its number. */
export type Request =
  | {
      readonly kind: 'open'
      readonly extensions: readonly string[]
      readonly from: readonly string[]
      /** A data directory as `dump` gave it; null starts a new one. */
      readonly image: ArrayBuffer | null
    }
  | { readonly kind: 'query'; readonly sql: string }
  | { readonly kind: 'exec'; readonly sql: string }
  /** Remembers the data directory as it is now, and answers it, packed. */
  | { readonly kind: 'dump' }
  /** Remembers the data directory as it is now. */
  | { readonly kind: 'keep' }
  /** Starts anew from what was remembered, or from what it was opened with. */
  | { readonly kind: 'restore' }
  | { readonly kind: 'close' }

export interface Asked {
  readonly id: number
  readonly request: Request
}

/** What went wrong, with what a driver tells of it. */
export interface Failed {
  readonly message: string
  readonly code?: string
  readonly schema?: string
  readonly table?: string
  /** Packages to install, where that is what is wrong. */
  readonly packages?: readonly string[]
}

export type Answered =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: Failed }

/** What `open` answers. */
export interface Opened {
  readonly server: string
  readonly stubbed: readonly string[]
}
