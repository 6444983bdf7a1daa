import { join } from 'node:path'
import { ProblemError } from '../../finding/problem.ts'
import { folderOf, within } from '../find/paths.ts'
import { askApi } from './askApi.ts'
import { askExplain } from './askExplain.ts'
import { PATIENCE } from './childProcess.ts'
import type { SchemaComparison } from './schemaComparison.ts'
import { missesIndexes } from './unnoticedIndexes.ts'
import { ProjectFiles } from './dependencies.ts'
import { findKit, interfaceOf, type KitInstallation } from './installation.ts'
import { whyUnsupported } from './unsupported.ts'
import { overlayOf } from './overlayOf.ts'
import type { Question, Reply } from './question.ts'
import type { KitTrace } from './request.ts'
import { cachedAnswer } from './cached.ts'
import { builtFiles, schemaFiles } from './schemaFiles.ts'
import type { Verdict } from './verdict.ts'
import { environmentFiles } from './environmentFiles.ts'
import { scriptEnvironment } from '../find/scriptEnvironment.ts'
import { secretsIn, tells, withoutSecrets } from './secrets.ts'
import { noFiles, unknown, verdictOf, withoutMisled, withoutStrays } from './verdicts.ts'
import { schemaSources, watchedAlways } from './watched.ts'

/**
 * Compares the schema of a project with its migrations: the project's own drizzle-kit evaluates the
 * one and says what the other lacks. Nothing is written and nothing is asked at a terminal.
 *
 * @returns `unknown` for everything that keeps drizzle-kit from an answer, never an exception
 */
export async function compareSchema(comparison: SchemaComparison): Promise<Verdict> {
  const { root, tree, project } = comparison
  const { files, unmatched } = await namedFiles(comparison, project.schema)
  const verdict = await verdictOn(comparison, files, unmatched)
  const more =
    verdict.kind === 'unknown' ? await schemaSources(root, tree, project, verdict.watched) : []
  const watched = new Set([...verdict.watched, ...watchedAlways(tree, project), ...more])
  return { ...verdict, watched: [...watched] }
}

/** As `schemaFiles` finds them, and those that a build wrote. */
async function namedFiles(
  { root, tree, withBuild = false }: SchemaComparison,
  patterns: readonly string[],
): ReturnType<typeof schemaFiles> {
  const found = await schemaFiles(root, tree, patterns)
  if (!withBuild || found.unmatched.length === 0) return found
  const built = await builtFiles(root, tree, found.unmatched)
  return { files: [...found.files, ...built], unmatched: found.unmatched }
}

async function verdictOn(
  comparison: SchemaComparison,
  files: readonly string[],
  unmatched: readonly string[],
): Promise<Verdict> {
  const { root, tree, project } = comparison
  const kit = findKit(join(root, project.config === null ? project.out : folderOf(project.config)))
  const around = new ProjectFiles(root, tree)
  const unsupported = whyUnsupported(comparison, kit)
  if (kit === null || unsupported !== null) return unknown(unsupported!.reason, unsupported!.help)
  const isRead = project.unread.length === 0
  if (isRead && files.length === 0) return noFiles(comparison, unmatched)
  const memory = {
    root,
    tree,
    cwd: join(root, project.folder),
    cache: comparison.cache,
    key: `${comparison.fromScratch ? 'whole schema' : 'sync'} ${project.name}`,
    facts: factsOf(comparison, kit, files, around),
  }
  return cachedAnswer<Verdict>(memory, async () => {
    const reply = await answered(() =>
      ask(comparison, kit, questionOf(comparison, kit, isRead ? files : null, project.casing)),
    )
    const secrets = secretsIn(reply, memory.cwd, environmentFiles(comparison))
    const asked = withoutSecrets(reply, secrets)
    const value = withoutMisled(
      comparison,
      withoutStrays(comparison, verdictOf(asked, comparison), around),
      asked,
    )
    const isCacheable = value.kind !== 'unknown' && !tells(value, secrets)
    return { value, trace: isCacheable ? asked.trace : null }
  })
}

/** What keeps us from asking is an answer too: no place for temporary files, say. */
async function answered(ask: () => Promise<Reply>): Promise<Reply> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { message: reason, help } = error.problem
    return { kind: 'unanswered', reason, help, trace: null, mayRetry: false }
  }
}

/** Everything that was looked at before asking. */
function factsOf(
  { project, folder, latest, tree, fromScratch = false }: SchemaComparison,
  kit: KitInstallation,
  files: readonly string[],
  around: ProjectFiles,
): string {
  const { dialect, casing, config, schema, unread } = project
  const migrations = fromScratch
    ? []
    : folder.layout === 'folders'
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
  comparison: SchemaComparison,
  kit: KitInstallation,
  files: readonly string[] | null,
  casing: string | null,
): Question {
  const {
    root,
    project,
    latest,
    folder,
    tree,
    patience = PATIENCE,
    fromScratch = false,
  } = comparison
  const start = folder.path === '' ? 0 : folder.path.length + 1
  const useless = new Set(latest.incomplete.flatMap(({ present }) => present))
  const paths = tree
    .list(folder.path)
    .map(({ path }) => path)
    .filter((path) => !useless.has(path))
  const isCopied = folder.layout === 'folders' && !fromScratch
  const contents = isCopied ? tree.readAll(paths) : new Map()
  return {
    root,
    cwd: join(root, project.folder),
    dialect: project.dialect,
    kit: kit.folder,
    config: project.config === null ? null : join(root, project.config),
    files: files && files.map((file) => join(root, file)),
    casing,
    environment: {
      files: environmentFiles(comparison),
      values: scriptEnvironment(tree, project).values,
    },
    overlay: overlayOf(root, tree),
    missesIndexesOf:
      !fromScratch && missesIndexes(kit.version, project.dialect) ? project.dialect : null,
    fromScratch,
    previous: fromScratch ? null : latest.snapshot,
    patience,
    folder: new Map(
      [...contents].map(([path, content]: [string, Buffer]) => [path.slice(start), content]),
    ),
  }
}

async function ask(
  comparison: SchemaComparison,
  kit: KitInstallation,
  question: Question,
): Promise<Reply> {
  if (interfaceOf(kit.version) === 'explain') return askExplain(question)
  const reply = await askApi(question)
  if (reply.kind !== 'config') return reply
  const { project } = comparison
  const { schema, casing } = reply.reading
  const given = schema.kind === 'value' ? schema.value : []
  const patterns = given.map(({ path, from }) =>
    from === 'root' ? path : (within(project.folder, path) ?? path),
  )
  const { files } = await namedFiles(
    comparison,
    project.schema.length > 0 ? project.schema : patterns,
  )
  if (files.length > 0) {
    const answer = await askApi(
      questionOf(
        comparison,
        kit,
        files,
        project.casing ?? (casing.kind === 'value' ? casing.value : null),
      ),
    )
    // Which files they are depends on what the config read.
    return { ...answer, trace: answer.trace && both(reply.trace, answer.trace) } as Reply
  }
  return {
    kind: 'unanswered',
    reason: `no file matches its schema (${patterns.join(', ')})`,
    help: 'Correct `schema` in the drizzle config.',
    trace: reply.trace,
    mayRetry: false,
  }
}

/** What two answers depend on together. */
function both(one: KitTrace, other: KitTrace): KitTrace {
  const united = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
  return {
    reads: united(one.reads, other.reads),
    absent: united(one.absent, other.absent),
    env: { ...other.env, ...one.env },
    values: { ...one.values, ...other.values },
    packages: united(one.packages, other.packages),
    endedBy: one.endedBy ?? other.endedBy,
  }
}
