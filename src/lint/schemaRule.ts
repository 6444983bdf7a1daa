import type { Rule } from 'eslint'

/** An example of a schema file: TypeScript as it is written. */
export interface SchemaExample {
  /** What the example shows, in a few words. */
  readonly name: string
  readonly code: string
  /** The rule's options, where the example needs some. */
  readonly options?: readonly unknown[]
  /** SQL of the migrations that are there, where the rule compares with them. */
  readonly migrations?: string
}

export interface SchemaRuleDocs {
  /** One line that begins with `require`, `disallow` or `enforce`, as ESLint has it. */
  readonly description: string
  readonly url: string
  /** Which preset turns it on: true for both, `strict`, false for none but `all`. */
  readonly recommended: true | 'strict' | false
  /** What goes wrong, for whom. */
  readonly why: string
  readonly instead: string
  /** Every one is linted. */
  readonly examples: {
    readonly bad: readonly SchemaExample[]
    readonly good: readonly SchemaExample[]
  }
}

/** A rule of ESLint's on Drizzle schema files, with what its page of the documentation says. */
export interface SchemaRule extends Rule.RuleModule {
  readonly meta: Rule.RuleMetaData & {
    readonly type: 'problem' | 'suggestion'
    readonly docs: SchemaRuleDocs
    readonly messages: Readonly<Record<string, string>>
    readonly languages: string[]
  }
}
