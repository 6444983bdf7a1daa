import type { OracleReply } from './oracle.ts'
import type { Row } from './row.ts'
import type { ToolReply } from './tool.ts'

/** A commit about which the tool and `drizzle-kit generate` do not say the same. */
export interface Disagreement {
  readonly commit: string
  /** `clean, generate writes`. */
  readonly what: string
}

/** Whether both can be compared at all. */
export function isComparable(tool: ToolReply, oracle: OracleReply): boolean {
  return tool.kind !== 'cannot tell' && oracle.kind !== 'fails'
}

/** All the ways in which a row disagrees: the commit, what it blames on the parent, and without its migration. */
export function disagreementsOf({
  commit,
  tool,
  oracle,
  before,
  bare,
}: Row): readonly Disagreement[] {
  const found: string[] = []
  if (!doAgree(tool, oracle)) found.push(saying(tool, oracle))
  if (before !== null && isComparable(tool, before)) {
    const isNew =
      statements(oracle).some((one) => !statements(before).includes(one)) ||
      (oracle.kind === 'asks' && before.kind !== 'asks')
    const blocks = tool.kind === 'needs' || tool.kind === 'ambiguous'
    if (blocks && !isNew && oracle.kind === before.kind)
      found.push('blocked, generate writes the same at the parent')
    if (tool.kind === 'known' && isNew)
      found.push('known, generate writes something else at the parent')
  }
  if (bare !== null && !doAgree(bare.tool, bare.oracle))
    found.push(`without its migration: ${saying(bare.tool, bare.oracle)}`)
  return found.map((what) => ({ commit, what }))
}

/** One that cannot answer disagrees with one that can. */
export function doAgree(tool: ToolReply, oracle: OracleReply): boolean {
  switch (oracle.kind) {
    case 'nothing':
      return tool.kind === 'clean'
    case 'writes':
      return tool.kind === 'needs' || tool.kind === 'known'
    case 'asks':
      return tool.kind === 'ambiguous'
    case 'fails':
      return tool.kind === 'cannot tell'
  }
}

function saying(tool: ToolReply, oracle: OracleReply): string {
  return `${tool.kind}, generate ${oracle.kind}`
}

function statements({ text }: OracleReply): readonly string[] {
  return text.split('--> statement-breakpoint').map((one) => one.trim())
}
