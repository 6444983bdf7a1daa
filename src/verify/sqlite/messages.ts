import type { Access } from './connection.ts'
import type { DriverName } from './drivers.ts'
import type { OwnRun } from './ownMigrator.ts'

/** What the process that holds a database file is asked. */
export type Request =
  | {
      readonly kind: 'load'
      readonly names: readonly DriverName[]
      readonly from: readonly string[]
    }
  | { readonly kind: 'open'; readonly file: string; readonly access: Access }
  | { readonly kind: 'all' | 'run' | 'exec' | 'explain'; readonly sql: string }
  | { readonly kind: 'many'; readonly queries: readonly string[] }
  | { readonly kind: 'migrate'; readonly run: OwnRun }
  | { readonly kind: 'close' }

export interface Asked {
  readonly id: number
  readonly request: Request
}

/** What a driver threw. */
export interface Failed {
  readonly message: string
  readonly code?: string
}

export type Answered = { readonly id: number } & (
  { readonly value: unknown } | { readonly failed: Failed }
)

/** The driver that was loaded. */
export interface Loaded {
  readonly name: DriverName
  /** With its version. */
  readonly driver: string
}
