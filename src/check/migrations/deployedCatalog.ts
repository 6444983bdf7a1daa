import type { Catalog } from '../../catalog/catalog.ts'
import { type PlainCatalog, catalogOf, plainCatalog } from '../../catalog/plain.ts'
import type { Migration } from '../../drizzle/migrations/migration.ts'
import type { Tree } from '../../git/tree.ts'
import type { Judgement } from '../../lint/judge.ts'
import type { Replay } from '../replay.ts'
import type { Store } from '../../cache/store.ts'

/**
 * The catalog that deployed migrations lead to. It is cached by content: judging one pending migration
 * does not parse the history again, and a history that has grown is parsed from where it was.
 *
 * @param incomplete - something of the history is missing, so that absence proves nothing
 */
export function deployedCatalog(
  replay: Replay,
  judgement: Pick<Judgement, 'engine' | 'session'>,
  tree: Tree,
  migrations: readonly Migration[],
  incomplete: boolean,
  store: Store | null,
): Catalog {
  const key = store && keysFor(tree, migrations, judgement)
  let start = migrations.length
  let catalog: Catalog | undefined
  for (; store && key && start > 0 && start > migrations.length - LOOK_BACK; start--) {
    const cached = store.get(key(start)) as PlainCatalog | undefined
    if (cached === undefined) continue
    catalog = catalogOf(cached)
    break
  }
  if (catalog === undefined) start = 0
  const rest = migrations.slice(start)
  const contents = tree.readAll(rest.map(({ file }) => file))
  const sources = rest.map(({ name, file }) => ({
    name,
    file,
    text: contents.get(file)?.toString('utf8') ?? '',
  }))
  let replayed = catalog ?? judgement.engine.emptyCatalog
  // One by one: nothing of one deployment is new in the next.
  for (const source of sources) replayed = replay(replayed, [source]).after
  if (store && key && rest.length > 0) {
    store.set(key(migrations.length), plainCatalog(replayed))
  }
  return incomplete ? { ...replayed, blind: true } : replayed
}

/** How many migrations a cached catalog may lie behind and still be worth looking for. */
const LOOK_BACK = 8

/**
 * The key of the first so many migrations: names and contents of them all, in order, and under which
 * circumstances they run.
 */
function keysFor(
  tree: Tree,
  migrations: readonly Migration[],
  { engine: { dialect }, session }: Pick<Judgement, 'engine' | 'session'>,
): (count: number) => string {
  const entries = migrations.map(({ name, file, blob }) => {
    const content = blob ?? tree.stamp?.(file) ?? tree.read(file)?.toString('latin1') ?? ''
    return `${name}\0${content}`
  })
  return (count) =>
    ['catalog', dialect, JSON.stringify(session), ...entries.slice(0, count)].join('\n')
}
