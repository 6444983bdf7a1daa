import type { OracleReply } from './oracle.ts'
import type { ToolReply } from './tool.ts'

/** What came of one commit. */
export interface Row {
  readonly commit: string
  readonly date: string
  readonly config: string
  /** Whether the commit brings SQL. */
  readonly brings: boolean
  /** Version of drizzle-kit. */
  readonly kit: string
  readonly tool: ToolReply
  /** Milliseconds of the second run; null where there was none. */
  readonly cached: number | null
  /** Whether the second run said the same. */
  readonly same: boolean
  readonly oracle: OracleReply
  /** The same at the parent; null where the tool found nothing. */
  readonly before: OracleReply | null
  /** The same commit without its migration; null where it brings none or that was not tried. */
  readonly bare: { readonly tool: ToolReply; readonly oracle: OracleReply } | null
}
