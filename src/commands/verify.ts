import { rulebook } from '../../rules/index.ts'
import { check } from '../check/check.ts'
import type { CheckOptions } from '../check/options.ts'
import type { CheckResult } from '../check/result.ts'
import type { VerifySettings } from '../check/verification/settings.ts'
import { verifyMigrations } from '../check/verification/verifyMigrations.ts'

/** Runs what is pending, with all rules, on a database of its own. Throws as `check` does. */
export function verify(options: CheckOptions, settings: VerifySettings): Promise<CheckResult> {
  return check(options, rulebook, undefined, verifyMigrations(settings))
}
