import type { Ambiguity } from '../../drizzle/kit/ambiguity.ts'
import type { IncompleteMigration } from '../../drizzle/kit/latestSnapshot.ts'
import type { SchemaDifference } from '../../drizzle/kit/schemaDifference.ts'
import type { UnsteadyDefault } from '../../drizzle/kit/unsteady.ts'
import type { Range } from '../../finding/finding.ts'

/** Where a schema declares something. */
export interface DeclaredAt {
  readonly file: string
  readonly range: Range | null
}

/** How the schema of a project differs from its migrations; what sync rules judge. */
export interface Sync {
  /** What this deployment would leave out. */
  readonly differences: readonly SchemaDifference[]
  /** What was already missing in production's tree. */
  readonly known: readonly SchemaDifference[]
  /** What production's tree is called. */
  readonly deployedLabel: string
  readonly ambiguous: readonly Ambiguity[]
  /** Declared, but not exported any more, so that drizzle-kit would drop it. */
  readonly unexported: readonly (SchemaDifference & { readonly at: DeclaredAt })[]
  /** The SQL drizzle-kit would write; empty where it would ask first. */
  readonly sql: readonly string[]
  /** The newest migrations without a snapshot, by name: of their SQL drizzle-kit knows nothing. */
  readonly handWritten: readonly string[]
  /** Whether `differences` are what their SQL leaves; else what it does could not be told. */
  readonly isSqlKnown: boolean
  /** Defaults that are another value each time the schema is loaded. */
  readonly unsteady: readonly UnsteadyDefault[]
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
  }
  /** The command that stages files; without any, the migrations folder. */
  stage(files?: readonly string[]): string
  /** Where the schema declares an object; the best place there is. */
  placeOf(difference: { readonly object: string; readonly table: string | null } | null): DeclaredAt
}
