import { didYouMean } from '../config/closest.ts'
import { explanation, type DocumentedRule } from '../report/explanation.ts'
import type { Paint } from '../report/paint.ts'
import { usageError } from './usage.ts'

/**
 * Explains one rule.
 *
 * @param name - as the user wrote it
 * @param rules - every rule there is
 * @param width - columns of the terminal; null: lines are not broken
 * @throws ProblemError where there is no such rule, with the one that was probably meant
 */
export function explain(
  name: string,
  rules: readonly DocumentedRule[],
  width: number | null,
  paint: Paint,
): string {
  const rule = rules.find((candidate) => candidate.name === name)
  if (rule !== undefined) return explanation(rule, width, paint)
  const names = rules.map((candidate) => candidate.name)
  const remedy = didYouMean(name, names) || '; migration-lint rules lists them'
  throw usageError(`unknown rule "${name}"${remedy}`)
}
