import type { Subject } from '../../catalog/subject.ts'
import type { IncompleteMigration } from '../../drizzle/kit/latestSnapshot.ts'
import type { ObjectKind } from '../../drizzle/kit/schemaDifference.ts'
import type { Finding, Range } from '../../finding/finding.ts'
import type { Lack } from './lack.ts'

/** Where a schema declares something. */
export interface DeclaredAt {
  readonly file: string
  readonly range: Range | null
}

/** What is gone and what is new, where drizzle-kit asks whether it was renamed. */
export interface OpenQuestion {
  readonly kind: ObjectKind
  /** As findings name them. */
  readonly gone: readonly string[]
  readonly appeared: readonly string[]
  /** One of those that are new. */
  readonly subject: Subject | null
}

/** How the schema of a project differs from its migrations; what sync rules judge. */
export interface Sync {
  /** What this deployment would leave out. */
  readonly differences: readonly Lack[]
  /** What was already missing in production's tree. */
  readonly known: readonly Lack[]
  /** What SQL that nobody can follow may make. */
  readonly unsure: readonly Lack[]
  /** What SQL makes that no snapshot has: drizzle-kit would write it once more. */
  readonly made: readonly Lack[]
  /** Whether some of that is new in this deployment, or all there is is looked at. */
  readonly isMadeNew: boolean
  /** What production's tree is called. */
  readonly deployedLabel: string
  readonly ambiguous: readonly OpenQuestion[]
  /** Whether drizzle-kit would ask at a terminal, though SQL may have answered. */
  readonly asks: boolean
  /** Declared, but not exported any more, so that drizzle-kit would drop it. */
  readonly unexported: readonly (Lack & { readonly at: DeclaredAt })[]
  /** The SQL drizzle-kit would write for the differences; empty where it would ask first. */
  readonly sql: readonly string[]
  /** What would be said of that SQL next: errors. */
  readonly refusals: readonly Finding[]
  /** The migrations whose SQL is newer than any snapshot, by name. */
  readonly handWritten: readonly string[]
  /** Defaults that are another value each time the schema is loaded. */
  readonly unsteady: readonly { readonly object: string; readonly subject: Subject | null }[]
  /** Indexes that drizzle-kit does not see to have changed, and that no SQL makes. */
  readonly unnoticed: readonly {
    readonly object: string
    readonly subject: Subject
    readonly sql: readonly string[]
  }[]
  /** Files of a migration that holds all of it and is not staged. */
  readonly unstaged: readonly string[]
  /** Migrations of which only a part is in the tree. */
  readonly incomplete: readonly IncompleteMigration[]
  /** Why nothing can be said, where this commit is not to blame for that. */
  readonly unknown: { readonly reason: string; readonly help: string } | null
  readonly commands: {
    /** Writes the migration. */
    readonly generate: string
    /** Stages it, when pasted after that. */
    readonly add: string
    /** Writes one for SQL of one's own. */
    readonly custom: string
    /** Writes one that has no SQL of its own, and stages it: for what SQL has made already. */
    readonly recordOnly: string | null
  }
  /** The command that stages files; without any, the migrations folder. */
  stage(files?: readonly string[]): string
  /** Where the schema declares an object; the best place there is. */
  placeOf(subject: Subject | null): DeclaredAt
}
