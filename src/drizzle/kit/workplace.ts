import { relativePath } from '../../finding/relativePath.ts'
import type { Workplace } from './childProcess.ts'
import type { Question } from './question.ts'
import type { KitRequest } from './request.ts'

/** Puts the contents that are not on disk where a child finds them. */
export function writeOverlay(place: Workplace, { overlay }: Question): KitRequest['overlay'] {
  return Object.fromEntries(
    [...overlay].map(([path, content], i) => [
      path,
      content && place.write(`overlay-${i}`, content),
    ]),
  )
}

/**
 * The user's config, but for the folder; and the schema's files as the tree has them.
 *
 * @param out - absolute folder that drizzle-kit writes into
 * @param more - what else is to be as it says
 */
export function writeConfig(
  place: Workplace,
  { cwd, config, files, dialect }: Question,
  out: string,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const own = {
    ...(config === null ? { dialect } : {}),
    out: relativePath(cwd, out),
    ...(files === null ? {} : { schema: files.map((file) => `./${relativePath(cwd, file)}`) }),
    ...more,
  }
  const base = config === null ? '{}' : 'config'
  const load = config === null ? '' : `import config from ${JSON.stringify(config)}\n`
  return place.write(
    'drizzle.config.ts',
    `${load}export default { ...${base}, ...${JSON.stringify(own)} }\n`,
  )
}
