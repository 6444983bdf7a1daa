import { ownCommand } from '../finding/ownCommand.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Setup } from '../setup/setup.ts'
import { baseDiagnoses } from './base.ts'
import { configurationDiagnoses } from './configuration.ts'
import { type Diagnosis, broken, fine } from './diagnosis.ts'
import { kitDiagnoses } from './drizzleKit.ts'
import { ciDiagnoses, ignoredDiagnoses, pushDiagnoses, secretDiagnoses } from './files.ts'
import { hookDiagnoses } from './hooks.ts'
import { schemaDiagnoses } from './schema.ts'

/** Everything that protects a repository, and what does not. Nothing is written. */
export async function diagnose(setup: Setup): Promise<readonly Diagnosis[]> {
  return [
    installation(setup),
    ...hookDiagnoses(setup),
    ...ciDiagnoses(setup),
    ...(await configurationDiagnoses(setup)),
    ...(await baseDiagnoses(setup)),
    ...kitDiagnoses(setup),
    ...(await schemaDiagnoses(setup)),
    ...ignoredDiagnoses(setup),
    ...(await secretDiagnoses(setup)),
    ...pushDiagnoses(setup),
  ]
}

function installation({ root, packageFolder, manager, manifest }: Setup): Diagnosis {
  const modules = join(root, packageFolder, 'node_modules')
  const isNamed = manifest.dependencies['migration-lint'] !== undefined
  if (!existsSync(join(modules, 'migration-lint/package.json'))) {
    const message = 'migration-lint is not in node_modules, so hooks refuse every commit'
    return broken(
      'installation',
      message,
      isNamed ? `${manager} install` : ownCommand(process.cwd(), 'init'),
    )
  }
  if (isNamed) return fine('installation', 'migration-lint is installed')
  return broken(
    'installation',
    'migration-lint is in node_modules but not in package.json: other clones do not get it',
    ownCommand(process.cwd(), 'init'),
  )
}
