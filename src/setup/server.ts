import type { Tree } from '../git/tree.ts'

/** A PostgreSQL that the repository starts for itself. */
export interface ServerMention {
  readonly version: number
  readonly file: string
  /** As it stands there: `postgres:16-alpine`. */
  readonly image: string
}

const FILES =
  /^(?:.+\/)?(?:docker-)?compose[\w.-]*\.ya?ml$|^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.ya?ml$/

const IMAGE =
  /^\s*(?:-\s*)?(?:image|name):\s*["']?((?:[\w.-]+\/)*(?:postgres|postgis|pgvector|timescaledb|timescaledb-ha|supabase\/postgres)(?:\/\w+)?:([\w.-]+))/

/** The images of PostgreSQL that compose files and CI services name, with their major versions. */
export function postgresMentions(tree: Tree): readonly ServerMention[] {
  return tree
    .list('')
    .filter(({ path }) => FILES.test(path) && !path.includes('node_modules/'))
    .flatMap(({ path }) => {
      const text = tree.read(path)?.toString('utf8') ?? ''
      return text.split(/\r?\n/).flatMap((line) => {
        const [, image, tag = ''] = IMAGE.exec(line) ?? []
        const version = majorOf(tag)
        return image === undefined || version === null ? [] : [{ version, file: path, image }]
      })
    })
}

/** `16.3-alpine`, `pg16`, `16-3.4`, `latest-pg16`; null for a tag that tells no version. */
function majorOf(tag: string): number | null {
  const digits = /(?:^|-)pg(\d+)/.exec(tag)?.[1] ?? /^(\d+)/.exec(tag)?.[1]
  const version = Number(digits)
  return Number.isInteger(version) && version >= 9 && version < 30 ? version : null
}
