import type { Draft } from './draft.ts'
import { folderOf } from './paths.ts'
import { SKIPPED, type Scan, isBelow, isConfigName, isSkipped } from './scan.ts'

/** What is or looks like a project, but is not looked at. */
export interface LeftOut {
  /** Path of its drizzle config or migrations folder, relative to the root. */
  readonly name: string
  /** In a clause: which key, option or name of a folder says so. */
  readonly reason: string
}

/** The configs and journals in folders that are skipped; a config stands for its migrations. */
export function skipped({ skippedConfigs, folders }: Scan): readonly LeftOut[] {
  const journals = journalsOutside(folders, skippedConfigs.map(folderOf)).filter((folder) =>
    isSkipped(`${folder}/meta/`),
  )
  return [...skippedConfigs, ...journals].flatMap((name) => {
    const [folder = ''] = /[^/]+/.exec(SKIPPED.exec(`${name}/`)?.[0] ?? '') ?? []
    const reason = `a folder named ${folder}`
    return folder === 'node_modules' || folder === '' ? [] : [{ name, reason }]
  })
}

/** The configs and journals that our own configuration does not list, where it lists any. */
export function unlisted(scan: Scan, drafts: readonly Draft[]): readonly LeftOut[] {
  const known = new Set(drafts.flatMap(({ config, out }) => [config, out]))
  const configs = scan.configs.filter((path) => isConfigName(path) && !known.has(path))
  const journals = journalsOutside(scan.folders, configs.map(folderOf)).filter(
    (folder) => !known.has(folder) && !isSkipped(`${folder}/meta/`),
  )
  const reason = 'projects in the configuration'
  return [...configs, ...journals].map((name) => ({ name, reason }))
}

function journalsOutside(folders: Scan['folders'], homes: readonly string[]): readonly string[] {
  return [...folders].flatMap(([folder, layout]) =>
    layout === 'journal' && !isBelow(folder, homes) ? [folder] : [],
  )
}
