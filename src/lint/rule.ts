import type { Catalog } from '../catalog/catalog.ts'
import type { Change, ChangeKind, ChangeOf, Part } from '../catalog/change.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { DialectName } from '../dialects/names.ts'
import type { Effects, ErrorKind, Lock, Session } from '../dialects/effects.ts'
import type { QualifiedName } from '../catalog/names.ts'
import type { Statement } from '../catalog/statement.ts'
import type { OptionsSchema } from '../config/optionsSchema.ts'
import type { Category, Fix, Severity } from '../finding/finding.ts'

/** A lock that an earlier change took and the transaction still holds. */
export interface HeldLock extends Lock {
  /** The change that took it. */
  readonly by: Change
}

/** The locks a transaction holds. There may be thousands: they are looked up, not listed. */
export interface HeldLocks {
  /** What is held on a relation. */
  on(relation: QualifiedName): HeldLock | undefined
  /** The first that was taken of those that keep most out; undefined if none keeps out writers. */
  strongest(): HeldLock | undefined
}

/** An example of a migration: what is deployed before it, and what it says. */
export interface Example {
  /** What the example shows, in a few words. */
  readonly name: string
  /** SQL of what is deployed already. */
  readonly schema: string
  /** The pending migrations; one string is one file. */
  readonly sql: string | readonly string[]
  /** Majors it applies to, where that matters. */
  readonly versions?: { readonly from?: number; readonly to?: number }
  readonly migrator?: 'drizzle' | 'per-file' | 'none'
  /** Whose SQL it is; PostgreSQL's where it is not said. */
  readonly dialect?: DialectName
}

export interface RuleDocs {
  /** One line. */
  readonly description: string
  /** What goes wrong, for whom, for how long. */
  readonly why: string
  /** The safe sequence under Drizzle; where no clean form exists it says so. */
  readonly instead: string
  readonly category: Category
  /** Where it is explained on the web, for a rule that has no page in docs/rules. */
  readonly url?: string
}

export interface MigrationRuleDocs extends RuleDocs {
  /** Every one is linted and executed. */
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] }
}

export interface RuleMeta {
  readonly type: 'problem' | 'suggestion'
  readonly severity: Severity
  readonly docs: RuleDocs
  /** Message templates: `{{name}}` is filled from the report's data. */
  readonly messages: Readonly<Record<string, RuleMessage>>
  readonly options?: OptionsSchema
  /** The preset that turns it on; without one it runs unless it is switched off. */
  readonly preset?: 'strict'
  /** The options that it has in the preset `strict`. */
  readonly strict?: Readonly<Record<string, unknown>>
}

/** What a rule says of a dialect where that is not what it says of PostgreSQL. */
export interface DialectWording {
  readonly description?: string
  readonly why: string
  readonly instead: string
  readonly category?: Category
  /** Those of the rule's messages that differ. */
  readonly messages?: Readonly<Record<string, RuleMessage>>
  readonly examples: MigrationRuleDocs['examples']
}

export interface MigrationRuleMeta extends RuleMeta {
  /**
   * The dialects it judges, by the name of their SQL (`Dialect.base`): it is not run on any other.
   * `all` for a rule whose questions and words hold everywhere.
   */
  readonly dialects: 'all' | readonly DialectName[]
  readonly docs: MigrationRuleDocs
  /** By the name of the dialect's SQL (`Dialect.base`). */
  readonly wording?: Readonly<Partial<Record<DialectName, DialectWording>>>
  /**
   * What this rule speaks for, so that the nets stay quiet about it: kinds of change whose long
   * work it reports, and kinds of change (`*` for any) with the errors it reports for them.
   */
  readonly covers?: {
    readonly work?: readonly ChangeKind[]
    readonly errors?: Readonly<Partial<Record<ChangeKind | '*', readonly ErrorKind[]>>>
  }
}

/** How bad what a message says is. */
export function severityOf(meta: RuleMeta, messageId: string): Severity {
  return meta.messages[messageId]?.severity ?? meta.severity
}

/** The severity of which some of a rule's messages are, but not the rule; null where there is none. */
export function otherSeverity(
  meta: RuleMeta & Pick<Partial<MigrationRuleMeta>, 'wording'>,
): Severity | null {
  const worded = Object.values(meta.wording ?? {}).map(({ messages = {} }) => messages)
  const severities = [meta.messages, ...worded].flatMap((messages) =>
    Object.values(messages).map(({ severity }) => severity ?? meta.severity),
  )
  return severities.find((one) => one !== meta.severity) ?? null
}

/** A finding's two halves: one sentence on what will happen, and what to do instead. */
export interface RuleMessage {
  readonly message: string
  readonly help: string
  /** Where it is not the rule's own. */
  readonly category?: Category
  readonly severity?: Severity
}

export interface Report {
  readonly on: Change
  /** The part to blame; default: the whole statement. */
  readonly part?: Part
  readonly messageId: string
  readonly data?: Readonly<Record<string, string | number>>
  /** What it is about: `users.email`. */
  readonly object: string
  /** See `Finding.fix`. */
  readonly fix?: Fix
  /** See `Finding.suggestions`. */
  readonly suggestions?: readonly Fix[]
}

/** A pending migration and its statements. */
export interface MigrationUnit {
  readonly name: string
  readonly file: string
  /** Absent where nobody has written it yet: a preview of what a schema file leads to. */
  readonly text?: string
  readonly statements: readonly Statement[]
}

/** Everything pending: what runs together. */
export interface DeploymentUnit {
  readonly migrations: readonly MigrationUnit[]
  /** After folding, in order. */
  readonly changes: readonly Change[]
  /** What production has. */
  readonly before: Catalog
  /** What production will have. */
  readonly after: Catalog
  /** The end of all that is known: with `--all`, after the last migration there is. */
  readonly known: Catalog
  readonly session: Session
}

export interface RuleContext {
  /** Whose SQL it is: for its words, and for what holds of all of it. */
  readonly dialect: Dialect
  readonly options: Readonly<Record<string, unknown>>
  readonly deployment: DeploymentUnit
  /** What a change costs; computed once. */
  effects(change: Change): Effects
  /**
   * The locks the transaction holds when the change that is being visited runs. Only for visitors
   * of changes, not for `:exit`.
   */
  readonly heldLocks: HeldLocks
  /** Whether what grows with a table's rows is of no interest: `smallTables`. */
  isSmall(table: QualifiedName): boolean
  /** Whether another rule speaks for the change's long work, or for an error of it. */
  isCovered(change: Change, aspect: 'work' | { readonly error: ErrorKind }): boolean
  report(report: Report): void
}

type ChangeVisitors = { [K in ChangeKind]?: (change: ChangeOf<K>) => void }
type ChangeExitVisitors = { [K in ChangeKind as `${K}:exit`]?: (change: ChangeOf<K>) => void }

/**
 * What a rule listens to. Changes come in order; a plain visitor runs when its change comes by,
 * `:exit` after everything of the same unit has come by.
 */
export type Visitors = ChangeVisitors &
  ChangeExitVisitors & {
    Change?: (change: Change) => void
    Statement?: (statement: Statement) => void
    'Statement:exit'?: (statement: Statement) => void
    Migration?: (migration: MigrationUnit) => void
    'Migration:exit'?: (migration: MigrationUnit) => void
    Deployment?: (deployment: DeploymentUnit) => void
    'Deployment:exit'?: (deployment: DeploymentUnit) => void
  }

/** What every family's rules have. */
export interface Rule {
  readonly name: string
  readonly meta: RuleMeta
}

export interface MigrationRule extends Rule {
  readonly meta: MigrationRuleMeta
  create(context: RuleContext): Visitors
}

/** Lets TypeScript check a rule where it is written; returns it as it is. */
export function defineRule<R extends MigrationRule>(rule: R): R {
  return rule
}
