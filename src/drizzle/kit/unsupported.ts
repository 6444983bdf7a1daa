import { installCommand } from '../packages/installCommand.ts'
import { packageFolderOf } from '../packages/workspacePackages.ts'
import { haveSameSql } from '../../dialects/registry.ts'
import type { SchemaComparison } from './schemaComparison.ts'
import { type KitInstallation, interfaceOf } from './installation.ts'

/** Why the installed drizzle-kit cannot be asked about this folder; null where it can. */
export function whyUnsupported(
  { project, folder, latest, tree, here = '' }: SchemaComparison,
  kit: KitInstallation | null,
): { readonly reason: string; readonly help: string } | null {
  if (latest.broken !== null) {
    return { reason: latest.broken, help: 'Restore it, or generate the migration again.' }
  }
  const { dialect, schemaDialect, config, out } = project
  if (schemaDialect !== null && !haveSameSql(schemaDialect, dialect)) {
    return {
      reason: `${config} says ${schemaDialect}, but the migrations in ${out} are ${dialect}`,
      help: 'Give the migrations of the other database a folder of their own, or start this one again.',
    }
  }
  if (kit === null) {
    return {
      reason: `drizzle-kit is not installed (there is no node_modules/drizzle-kit above ${project.config ?? project.out})`,
      help: `Install the dependencies: ${installCommand(tree, packageFolderOf(tree, config ?? out), here)}`,
    }
  }
  const { version } = kit
  const way = interfaceOf(version)
  if (way === null) {
    return {
      reason: `drizzle-kit ${version} needs a terminal to answer`,
      help: 'Upgrade drizzle-kit to 0.31, or to 1.0.0-rc.4 or later.',
    }
  }
  if (folder.migrations.length === 0 || (way === 'api') === (folder.layout === 'journal'))
    return null
  return way === 'api'
    ? {
        reason: `${folder.path} has the layout of drizzle-kit 1.0, but ${version} is installed`,
        help: 'Install the drizzle-kit that wrote the migrations.',
      }
    : {
        reason: `${folder.path} has the layout of drizzle-kit 0.x, but ${version} is installed`,
        help: 'Convert the folder with `drizzle-kit up`, or install the drizzle-kit that wrote the migrations.',
      }
}
