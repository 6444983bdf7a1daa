import type { Engine } from '../../../dialects/dialect.ts'
import { reversalsIn } from '../../../dialects/reversal/inDeployment.ts'
import { splitAtBreakpoints } from '../../../dialects/breakpoints.ts'
import type { MigrationFolder } from '../../../drizzle/migrations/migration.ts'
import type { Tree } from '../../../git/tree.ts'
import type { ReplayedDeployment } from '../../../lint/judge.ts'
import type { WayBack } from './wayBack.ts'

/** What would take a deployment back. */
export interface PlannedBack extends Pick<WayBack, 'files' | 'byHand' | 'caveats'> {
  readonly statements: readonly string[]
  /** What is gone whatever is run. */
  readonly gone: readonly string[]
}

/** What takes a deployment back: the project's own files where each migration has one, else our statements. */
export function planBack(
  engine: Engine,
  tree: Tree,
  folder: Pick<MigrationFolder, 'path' | 'layout'>,
  { changes, sources }: Pick<ReplayedDeployment, 'changes' | 'sources'>,
): PlannedBack {
  const files = [...sources].reverse().map(({ name }) => downFileOf(tree, folder, name))
  if (files.every((file) => file !== null)) {
    const texts = files.map((file) => tree.read(file)?.toString('utf8') ?? '')
    const statements = texts
      .flatMap(splitAtBreakpoints)
      .flatMap(({ text }) =>
        engine.statements(text).map(({ start, end }) => text.slice(start, end)),
      )
    return { files, statements, byHand: [], caveats: [], gone: [] }
  }
  const reversals = [...reversalsIn(changes, engine.reversal)].reverse()
  return {
    files: [],
    statements: reversals.flatMap((one) => (one.kind === 'statements' ? one.sql : [])),
    caveats: reversals.flatMap((one) =>
      one.kind === 'statements' && one.but !== null ? [one.but] : [],
    ),
    byHand: reversals.flatMap((one) => (one.kind === 'by-hand' ? [one.what] : [])),
    gone: reversals.flatMap((one) => (one.kind === 'gone' ? [one.what] : [])),
  }
}

const WORDS = ['down', 'rollback', 'revert']

/**
 * The file in which a project keeps what takes a migration back, by the names that real projects give it:
 * `0001_x.down.sql` beside it, `down/0001_x.sql`, `rollback/0001_x_rollback.sql`, `rollback/0001_rollback.sql`,
 * `0001_x/down.sql`; and in the layout of 1.0 `down.sql` or `revert.sql` in its folder.
 */
function downFileOf(
  tree: Tree,
  { path, layout }: Pick<MigrationFolder, 'path' | 'layout'>,
  name: string,
): string | null {
  const there = new Set(tree.list(path).map((file) => file.path))
  const [number = name] = name.split('_')
  const inside = WORDS.map((word) => `${name}/${word}.sql`)
  const beside = WORDS.flatMap((word) => [
    `${name}.${word}.sql`,
    `${name}_${word}.sql`,
    ...[word, `${word}s`].flatMap((own) => [
      `${own}/${name}.sql`,
      `${own}/${name}.${word}.sql`,
      `${own}/${name}_${word}.sql`,
      `${own}/${number}_${word}.sql`,
    ]),
  ])
  const names = layout === 'folders' ? inside : [...beside, ...inside]
  return (
    names.map((one) => (path === '' ? one : `${path}/${one}`)).find((one) => there.has(one)) ?? null
  )
}
