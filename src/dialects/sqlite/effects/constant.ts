import type { Expression } from '../../../catalog/expression.ts'
import { isRecord } from '../../../json/isRecord.ts'

/**
 * Whether a default is one that ADD COLUMN can give to rows that are there: a literal, with a sign or
 * in a CAST, in parentheses or not. Anything computed is not, not even `(1 + 1)`.
 */
export function isConstant({ form }: Expression): boolean {
  if (form === null) return false
  return isLiteral(JSON.parse(form))
}

function isLiteral(form: unknown): boolean {
  if (isRecord(form)) return 'string' in form || 'number' in form || 'boolean' in form
  if (!Array.isArray(form)) return false
  const [label, operand] = form as [unknown, unknown]
  if (typeof label !== 'string') return false
  if (/^(?:prefix [-+]|CAST )/.test(label)) return isLiteral(operand)
  return label === 'blob' || label === 'null'
}
