import type { RuleFamily } from './config.ts'

/** The families of check, as the configuration and `--only` name them. */
export const FAMILIES: readonly RuleFamily[] = ['sync', 'history', 'migration']
