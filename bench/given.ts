/**
 * A place that a variable names: what is measured on is not part of the repository.
 *
 * @throws Error naming the variable, where it is not set
 */
export function given(variable: string, what: string): string {
  const value = process.env[variable]
  if (!value) throw new Error(`set ${variable} to ${what}`)
  return value
}
