import { rulebook } from '../../rules/index.ts'
import { type Baselines, drawBaselines } from '../check/baselines.ts'
import type { CheckOptions } from '../check/options.ts'

/** `drawBaselines` with all rules. */
export function baseline(options: CheckOptions): Promise<Baselines> {
  return drawBaselines(options, rulebook)
}
