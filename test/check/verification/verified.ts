import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rulebook } from '../../../rules/index.ts'
import { check } from '../../../src/check/check.ts'
import type { CheckResult } from '../../../src/check/result.ts'
import type { Selection } from '../../../src/check/options.ts'
import type { VerifySettings } from '../../../src/check/verification/settings.ts'
import { verifyMigrations } from '../../../src/check/verification/verifyMigrations.ts'
import { States } from '../../../src/verify/embedded/states.ts'
import { builtCli } from '../../built.ts'
import { type KitVersion, install } from '../../drizzle/kit/kits.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import { packedDirectory } from '../../pglite.ts'
import { type Files, writeFiles } from '../projects.ts'

/** Long enough for a machine that is busy with forty other things. */
const PATIENCE = 600_000

/** Where a test file's databases are kept; the first one is made ready, which would take seconds. */
export async function statesForTests(): Promise<States> {
  const states = new States(mkdtempSync(join(tmpdir(), 'migration-lint-states-')), 'tests')
  await states.keep('', { entries: [], image: await packedDirectory() })
  return states
}

/**
 * Runs what is pending in a project outside of git.
 *
 * @param kit - the drizzle-kit that it has installed, where its schema is to be compared
 */
export async function verified(
  files: Files,
  selection: Selection,
  settings: Partial<VerifySettings> = {},
  kit: KitVersion | null = null,
): Promise<CheckResult> {
  builtCli()
  const cwd = mkdtempSync(join(realpathSync(tmpdir()), 'migration-lint-verify-'))
  if (kit !== null) install(kit, cwd)
  writeFiles(cwd, { 'package.json': '{}', ...files })
  return check(
    {
      cwd,
      selection,
      projects: [],
      only: ['migration'],
      config: null,
      env: isolatedEnvironment(),
    },
    rulebook,
    undefined,
    verifyMigrations({ patience: PATIENCE, states: await statesForTests(), ...settings }),
  )
}

/** The findings, each as `rule: object`. */
export function told({ findings }: CheckResult): readonly string[] {
  return findings.map(({ rule, object }) => `${rule}: ${object}`)
}
