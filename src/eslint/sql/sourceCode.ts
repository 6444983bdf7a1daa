import {
  ConfigCommentParser,
  Directive,
  TextSourceCodeBase,
  VisitNodeStep,
} from '@eslint/plugin-kit'
import type { Range } from '../../finding/finding.ts'
import type { SqlLanguageOptions } from '../../editor/options.ts'
import type { Place } from './place.ts'
import {
  type CommentNode,
  type MigrationNode,
  type StatementNode,
  VISITOR_KEYS,
} from './syntaxTree.ts'

type Node = MigrationNode | StatementNode | CommentNode

/** What a file is, besides its text. */
export interface MigrationFile {
  /** As it is saved: with a byte order mark, if it has one. */
  readonly text: string
  /** Absolute. */
  readonly path: string
  readonly place: Place
  readonly options: SqlLanguageOptions
}

interface Problem {
  readonly ruleId: null
  readonly message: string
  readonly loc: CommentNode['loc']
}

const DIRECTIVES = ['disable', 'enable', 'disable-next-line', 'disable-line'] as const

const configComments = new ConfigCommentParser()

/** A file of SQL as ESLint works with it. Every directive may stand in either kind of comment. */
export class MigrationSourceCode extends TextSourceCodeBase<{
  LangOptions: Record<string, unknown>
  RootNode: MigrationNode
  SyntaxElementWithLoc: Node
  ConfigNode: CommentNode
}> {
  readonly visitorKeys = VISITOR_KEYS
  readonly file: MigrationFile
  #steps: VisitNodeStep[] | undefined

  constructor(text: string, ast: MigrationNode, file: MigrationFile) {
    super({ text, ast, lineEndingPattern: /\r\n|\n|\r/u })
    this.file = file
  }

  /** ESLint's own rules for JavaScript ask for it where a configuration has no `files`. */
  getAllComments(): readonly CommentNode[] {
    return this.ast.comments
  }

  /** Where a stretch of the saved file is in the text, which has no byte order mark. */
  locate({ start, end }: Range): CommentNode['loc'] {
    const at = (offset: number) => this.getLocFromIndex(this.indexOf(offset))
    return { start: at(start), end: at(end) }
  }

  /** A place of the saved file in the text. */
  indexOf(offset: number): number {
    const mark = this.file.text.length - this.text.length
    return Math.max(0, offset - mark)
  }

  override getParent(node: Node): Node | undefined {
    return node.type === 'Statement' ? this.ast : undefined
  }

  override traverse(): Iterable<VisitNodeStep> {
    const step = (target: Node, phase: 1 | 2, parent?: Node) =>
      new VisitNodeStep({ target, phase, args: [target, parent] })
    this.#steps ??= [
      step(this.ast, 1),
      ...this.ast.body.flatMap((node) => [step(node, 1, this.ast), step(node, 2, this.ast)]),
      step(this.ast, 2),
    ]
    return this.#steps
  }

  getInlineConfigNodes(): CommentNode[] {
    return this.ast.comments.filter((node) => /^eslint(?:-|\s)/.test(textOf(node)))
  }

  getDisableDirectives() {
    const directives: Directive[] = []
    const problems: Problem[] = []
    for (const node of this.getInlineConfigNodes()) {
      const { label, value, justification } = parse(node)
      const type = DIRECTIVES.find((name) => label === `eslint-${name}`)
      if (type === undefined) continue
      if (type === 'disable-line' && node.loc.start.line !== node.loc.end.line) {
        const message = 'eslint-disable-line comment should not span multiple lines.'
        problems.push({ ruleId: null, message, loc: node.loc })
      } else directives.push(new Directive({ type, node, value, justification }))
    }
    return { directives, problems }
  }

  /** `eslint migration-lint/drop-column: "warn"` in a comment. */
  applyInlineConfig() {
    const configs: { config: { rules: Record<string, never> }; loc: CommentNode['loc'] }[] = []
    const problems: Problem[] = []
    for (const node of this.getInlineConfigNodes()) {
      const { label, value } = parse(node)
      if (label !== 'eslint') continue
      const parsed = configComments.parseJSONLikeConfig(value)
      if (parsed.ok) configs.push({ config: { rules: parsed.config as never }, loc: node.loc })
      else problems.push({ ruleId: null, message: parsed.error.message, loc: node.loc })
    }
    return { configs, problems }
  }
}

/** Without the second asterisk that Visual Studio Code's quick fix writes: a directive all the same. */
function textOf({ value }: CommentNode): string {
  return value.replace(/^\*/, '').trim()
}

function parse(node: CommentNode) {
  return configComments.parseDirective(textOf(node)) ?? { label: '', value: '', justification: '' }
}
