import { rulebook } from '../../rules/index.ts'
import { loadConfig } from '../config/load.ts'
import { diagnose } from '../doctor/doctor.ts'
import { doctorJson, doctorText } from '../report/doctor.ts'
import type { Paint } from '../report/paint.ts'
import { readSetup } from '../setup/setup.ts'

/** What `doctor` is asked to do. */
export interface DoctorArguments {
  /** Absolute. */
  readonly cwd: string
  /** Absolute path of our own configuration; null means find it. */
  readonly config: string | null
  readonly env: NodeJS.ProcessEnv
  readonly json: boolean
}

/**
 * Says what protects a repository and what does not.
 *
 * @returns the exit code 1 where something protects nothing
 * @throws ProblemError outside of a checkout, without a Drizzle project, for a broken configuration
 */
export async function doctor(
  { cwd, config, env, json }: DoctorArguments,
  paint: Paint,
): Promise<{ text: string; code: 0 | 1 }> {
  const setup = await readSetup(cwd, env, (root) => loadConfig(root, config, rulebook.all))
  const diagnoses = await diagnose(setup)
  const code = diagnoses.some(({ state }) => state === 'broken') ? 1 : 0
  return { text: json ? doctorJson(diagnoses) : doctorText(diagnoses, paint), code }
}
