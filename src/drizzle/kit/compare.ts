import { join } from 'node:path'
import type { Tree } from '../../git/tree.ts'
import { sameSql } from '../dialect.ts'
import { folderOf, within } from '../paths.ts'
import type { MigrationFolder, Project } from '../project.ts'
import type { Cache } from '../readings.ts'
import { askApi } from './askApi.ts'
import { askExplain } from './askExplain.ts'
import { PATIENCE } from './childProcess.ts'
import { Surroundings } from './dependencies.ts'
import { findKit, interfaceOf, type KitInstallation } from './installation.ts'
import type { LatestSnapshot } from './latestSnapshot.ts'
import { overlayOf } from './overlayOf.ts'
import type { Question, Reply } from './question.ts'
import { remembered } from './remembered.ts'
import { schemaFiles } from './schemaFiles.ts'
import type { Verdict } from './verdict.ts'

/** What is compared: a project in a tree. */
export interface Comparison {
  /** Absolute path of the top folder. */
  readonly root: string
  readonly tree: Tree
  readonly project: Project
  readonly folder: MigrationFolder
  readonly latest: LatestSnapshot
  /** Where verdicts are kept between runs. */
  readonly cache?: Cache | null
  /** Milliseconds that drizzle-kit may take. */
  readonly patience?: number
}

/**
 * Compares the schema of a project with its migrations: the project's own drizzle-kit evaluates the
 * one and says what the other lacks. Nothing is written and nothing is asked at a terminal.
 *
 * @returns `unknown` for everything that keeps drizzle-kit from an answer, never an exception
 */
export async function compareSchema(comparison: Comparison): Promise<Verdict> {
  const { root, tree, project } = comparison
  const kit = findKit(join(root, project.config === null ? project.out : folderOf(project.config)))
  const around = new Surroundings(root, tree)
  const unfit = misfit(comparison, kit)
  if (kit === null || unfit !== null)
    return { ...unfit!, kind: 'unknown', watched: watchedAtLeast(project), absent: null }
  const { files, unmatched } = await schemaFiles(root, tree, project.schema)
  const isRead = project.unread.length === 0
  if (isRead && files.length === 0) return noFiles(project, unmatched, tree)
  const memory = {
    root,
    tree,
    cwd: join(root, project.folder),
    cache: comparison.cache,
    key: `sync ${project.name}`,
    facts: factsOf(comparison, kit, files, around),
  }
  return remembered<Verdict>(memory, async () => {
    const asked = await ask(
      comparison,
      kit,
      questionOf(comparison, kit, isRead ? files : null, project.casing),
    )
    const value = withoutStrays(tree, verdictOf(asked, comparison), around)
    return { value, trace: value.kind === 'unknown' ? null : asked.trace }
  })
}

/** Everything that was looked at before asking. */
function factsOf(
  { project, folder, latest, tree }: Comparison,
  kit: KitInstallation,
  files: readonly string[],
  around: Surroundings,
): string {
  const { dialect, casing, config, schema, unread } = project
  const migrations =
    folder.layout === 'folders'
      ? tree.list(folder.path).map(({ path }) => [path, around.contentId(path)])
      : [
          latest.file,
          latest.file && around.contentId(latest.file),
          folder.journal && around.contentId(folder.journal.path),
        ]
  return JSON.stringify([
    process.version,
    kit,
    dialect,
    casing,
    project.folder,
    config,
    config && around.contentId(config),
    schema,
    unread,
    files,
    migrations,
  ])
}

function questionOf(
  { root, project, latest, folder, tree, patience = PATIENCE }: Comparison,
  kit: KitInstallation,
  files: readonly string[] | null,
  casing: string | null,
): Question {
  const start = folder.path === '' ? 0 : folder.path.length + 1
  const useless = new Set(latest.incomplete.flatMap(({ present }) => present))
  const paths = tree
    .list(folder.path)
    .map(({ path }) => path)
    .filter((path) => !useless.has(path))
  const contents = folder.layout === 'folders' ? tree.readAll(paths) : new Map()
  return {
    root,
    cwd: join(root, project.folder),
    dialect: project.dialect,
    kit: kit.folder,
    config: project.config === null ? null : join(root, project.config),
    files: files && files.map((file) => join(root, file)),
    casing,
    overlay: overlayOf(root, tree),
    previous: latest.snapshot,
    patience,
    folder: new Map(
      [...contents].map(([path, content]: [string, Buffer]) => [path.slice(start), content]),
    ),
  }
}

async function ask(
  comparison: Comparison,
  kit: KitInstallation,
  question: Question,
): Promise<Reply> {
  if (interfaceOf(kit.version) === 'explain') return askExplain(question)
  const reply = await askApi(question)
  if (reply.kind !== 'config') return reply
  const { project, root, tree } = comparison
  const { schema, casing } = reply.reading
  const given = schema.kind === 'value' ? schema.value : []
  const patterns = given.map(({ path, from }) =>
    from === 'root' ? path : (within(project.folder, path) ?? path),
  )
  const { files } = await schemaFiles(
    root,
    tree,
    project.schema.length > 0 ? project.schema : patterns,
  )
  if (files.length > 0) {
    return askApi(
      questionOf(
        comparison,
        kit,
        files,
        project.casing ?? (casing.kind === 'value' ? casing.value : null),
      ),
    )
  }
  return {
    kind: 'unanswered',
    reason: `no file matches its schema (${patterns.join(', ')})`,
    help: 'Correct `schema` in the drizzle config.',
    trace: reply.trace,
    mayRetry: false,
  }
}

function verdictOf(reply: Reply, { root, project }: Comparison): Verdict {
  const inRoot = (path: string) => path.slice(root.length + 1)
  const watched = [...watchedAtLeast(project), ...(reply.trace?.reads ?? []).map(inRoot)]
  const absent = reply.trace?.absent.map(inRoot) ?? null
  if (reply.kind === 'compared') {
    const { differences, ambiguous, sql, current } = reply
    return differences.length + ambiguous.length + sql.length === 0
      ? { kind: 'same', watched, absent }
      : { kind: 'different', differences, ambiguous, sql, current, watched, absent }
  }
  const { reason, help } = reply as Extract<Reply, { kind: 'unanswered' }>
  return { kind: 'unknown', reason, help, watched, absent: null }
}

/** What is committed must stand on what is committed: a file that only lies on disk is none of it. */
function withoutStrays(tree: Tree, verdict: Verdict, around: Surroundings): Verdict {
  const outside = verdict.watched.filter((path) => !around.has(path) && around.isThere(path))
  const [stray] = outside.length === 0 ? [] : (tree.strays?.(outside) ?? [])
  if (stray === undefined) return verdict
  return {
    kind: 'unknown',
    reason: `it imports ${stray}, which is not staged`,
    help: `Stage it too: git add ${stray}`,
    watched: verdict.watched,
    absent: null,
  }
}

/** Why the installed drizzle-kit cannot be asked about this folder; null where it can. */
function misfit(
  { project, folder, latest }: Comparison,
  kit: KitInstallation | null,
): { readonly reason: string; readonly help: string } | null {
  if (latest.broken !== null) {
    return { reason: latest.broken, help: 'Restore it, or generate the migration again.' }
  }
  const { dialect, schemaDialect, config, out } = project
  if (schemaDialect !== null && !sameSql(schemaDialect, dialect)) {
    return {
      reason: `${config} says ${schemaDialect}, but the migrations in ${out} are ${dialect}`,
      help: 'Give the migrations of the other database a folder of their own, or begin this one anew.',
    }
  }
  if (kit === null) {
    return {
      reason: `drizzle-kit is not installed (there is no node_modules/drizzle-kit above ${project.config ?? project.out})`,
      help: 'Install the dependencies of the project first.',
    }
  }
  const { version } = kit
  const way = interfaceOf(version)
  if (way === null) {
    return {
      reason: `drizzle-kit ${version} cannot answer without a terminal`,
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

function noFiles(project: Project, unmatched: readonly string[], tree: Tree): Verdict {
  return {
    kind: 'unknown',
    reason: `${unmatched.join(', ')} matches no file in ${tree.label}`,
    help: `Correct \`schema\` in ${project.config ?? 'the configuration'}, or stage the files.`,
    watched: watchedAtLeast(project),
    absent: null,
  }
}

/** What an answer depends on even where nothing could be asked. */
function watchedAtLeast({ config, schema }: Project): readonly string[] {
  return [...(config === null ? [] : [config]), ...schema]
}
