import picomatch from 'picomatch'
import { dialectsLoadedSync } from '../../dialects/loadSync.ts'
import { folderOf } from '../../drizzle/find/paths.ts'
import type { Project } from '../../drizzle/find/project.ts'

/** The files of the preset for SQL, as the plugin has them. */
const SQL_FILES = '**/{drizzle,.drizzle,migrations,migrate}/**/*.sql'

/** The entries of a configuration for one project: its schema files, and its SQL where rules know it. */
export interface PresetEntries {
  readonly schema: string
  readonly sql: string | null
}

/**
 * @param config - the configuration of ESLint; its globs start from its folder
 * @param baseline - the last migration whose findings were set aside
 */
export function presetEntries(
  config: string,
  { out, dialect }: Project,
  baseline: string | null,
): PresetEntries {
  const base = folderOf(config)
  const folder = base === '' ? out : out.startsWith(`${base}/`) ? out.slice(base.length + 1) : null
  const schema = 'migrationLint.configs.recommended'
  if (!dialectsLoadedSync.includes(dialect) || folder === null) return { schema, sql: null }
  const preset = "migrationLint.configs['sql-recommended']"
  const isFound = picomatch(SQL_FILES, { dot: true })(`${folder}/0000_x.sql`)
  const more = [
    ...(isFound ? [] : [`files: ['${folder === '' ? '' : `${folder}/`}**/*.sql']`]),
    ...(baseline === null ? [] : [`languageOptions: { baseline: '${baseline}' }`]),
  ]
  return { schema, sql: more.length === 0 ? preset : `{ ...${preset}, ${more.join(', ')} }` }
}
