import { Lines } from '../../report/position.ts'
import { splitAtBreakpoints } from '../../dialects/breakpoints.ts'
import type { Engine } from '../../dialects/dialect.ts'

interface Position {
  readonly line: number
  readonly column: number
}

interface Located {
  /** UTF-16 offsets, end exclusive. */
  readonly range: readonly [number, number]
  /** From 1, lines and columns. */
  readonly loc: { readonly start: Position; readonly end: Position }
}

/** A whole file. */
export interface MigrationNode extends Located {
  readonly type: 'Migration'
  readonly body: readonly StatementNode[]
  readonly comments: readonly CommentNode[]
}

export interface StatementNode extends Located {
  readonly type: 'Statement'
  /** The parser's name of it, such as PostgreSQL's `DropStmt`; null where it was refused. */
  readonly command: string | null
}

export interface CommentNode extends Located {
  readonly type: 'Line' | 'Block'
  /** Without the dashes, or slashes and asterisks. */
  readonly value: string
}

/** Where a visitor goes from a node. */
export const VISITOR_KEYS = { Migration: ['body'], Statement: [] }

/**
 * The statements and comments of a file. SQL that the database refuses is a statement too: the rule
 * `unparsed` says so, and one mistake hides nothing else.
 *
 * @param engine - null for a file that is not looked at
 * @param text - without a byte order mark
 */
export function syntaxTreeOf(engine: Engine | null, text: string): MigrationNode {
  const lines = new Lines(text)
  const located = (start: number, end: number): Located => ({
    range: [start, end],
    loc: { start: lines.position(start), end: lines.position(end) },
  })
  const comments: CommentNode[] = []
  if (engine === null) return { type: 'Migration', body: [], comments, ...located(0, text.length) }
  let end = 0
  for (const source of splitAtBreakpoints(text)) {
    if (source.offset > end) {
      comments.push({
        type: 'Line',
        value: text.slice(end + 2, source.offset),
        ...located(end, source.offset),
      })
    }
    end = source.offset + source.text.length
  }
  for (const comment of engine.comments(text)) {
    comments.push({ ...asNode(comment.text), ...located(comment.start, comment.end) })
  }
  comments.sort((a, b) => a.range[0] - b.range[0])
  const body = engine.statements(text).map(({ command, start, end }): StatementNode => ({
    type: 'Statement',
    command,
    ...located(start, end),
  }))
  return { type: 'Migration', body, comments, ...located(0, text.length) }
}

function asNode(text: string): Pick<CommentNode, 'type' | 'value'> {
  return text.startsWith('--')
    ? { type: 'Line', value: text.slice(2) }
    : { type: 'Block', value: text.slice(2, -2) }
}
