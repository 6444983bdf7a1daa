import type { VerifyConfig } from '../../config/config.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'
import { ProblemError } from '../../finding/problem.ts'
import type { Run } from '../families.ts'
import { NEON } from './presets/neon.ts'
import { SUPABASE } from './presets/supabase.ts'

const PRESETS = { supabase: SUPABASE, neon: NEON } as const

/**
 * What stands in a database before the first migration: what a service puts there, and what the
 * configuration names.
 *
 * @throws ProblemError where a file is not there
 */
export function prerequisites({ after }: Run, verify: VerifyConfig): readonly MigrationSource[] {
  const files = typeof verify.setup === 'string' ? [verify.setup] : (verify.setup ?? [])
  return [
    ...(verify.presets ?? []).map((name) => ({
      name: `preset ${name}`,
      file: `verify.presets: ${name}`,
      text: PRESETS[name],
    })),
    ...files.map((file) => {
      const text = after.read(file)?.toString('utf8')
      if (text !== undefined) return { name: `setup ${file}`, file, text }
      throw new ProblemError({
        message: `there is no file ${file}, which verify.setup names`,
        file,
        help: 'Its path is relative to the root of the repository.',
      })
    }),
  ]
}
