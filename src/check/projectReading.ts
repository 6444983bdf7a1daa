import type { Catalog } from '../catalog/catalog.ts'
import type { Engine, MigrationSource } from '../dialects/dialect.ts'
import type { Project } from '../drizzle/find/project.ts'
import { type LatestSnapshot, latestSnapshot } from '../drizzle/kit/latestSnapshot.ts'
import { findFolder } from '../drizzle/migrations/findFolder.ts'
import { readMigrationFolder } from '../drizzle/migrations/folder.ts'
import {
  type HistoryFolder,
  historyFolder,
  unreadableHistory,
} from '../drizzle/migrations/history.ts'
import { JournalError } from '../drizzle/migrations/journal.ts'
import type { Migration, MigrationFolder } from '../drizzle/migrations/migration.ts'
import { ProblemError } from '../finding/problem.ts'
import type { Tree } from '../git/tree.ts'
import { type ReplayedDeployment, replayDeployment } from '../lint/judge.ts'
import { runByName } from './runByName.ts'
import type { Split } from './selection.ts'
import { sessionOf } from './session.ts'
import { type Sources, readSources } from './sources.ts'

/** The trees of a run, and what of a folder is pending. */
export interface ProjectTrees {
  readonly after: Tree
  split(folder: MigrationFolder, folderIn: (tree: Tree) => MigrationFolder): Split
}

/**
 * One project as its families read it: each thing when it is first asked for, and once per tree. A
 * migration is replayed once from each catalog it is replayed on.
 */
export class ProjectReading {
  readonly project: Project
  private readonly trees: ProjectTrees
  private readonly folders = new Map<Tree, Map<string, () => MigrationFolder>>()
  private readonly latest = new Map<Tree, LatestSnapshot>()
  private readonly sourcesByFile = new Map<Tree, Map<string, Sources>>()
  private replays = new WeakMap<Catalog, Map<string, ReplayedDeployment>>()
  private readonly snapshots = new Map<string, unknown>()
  private knownWhole: MigrationFolder | undefined
  private knownSplit: Split | undefined

  constructor(trees: ProjectTrees, project: Project) {
    this.trees = trees
    this.project = project
  }

  /** The same project as another tree has it: what its folder is read for is shared. */
  as(project: Project): ProjectReading {
    const other = new ProjectReading(this.trees, project)
    for (const [tree, folders] of this.folders) other.folders.set(tree, folders)
    if (project.out === this.project.out) {
      for (const [tree, latest] of this.latest) other.latest.set(tree, latest)
    }
    return other
  }

  /**
   * The migrations folder of the tree under check, as the migrator sees it.
   *
   * @throws ProblemError where its journal cannot be read
   */
  get folder(): MigrationFolder {
    return this.folderAt(this.trees.after, this.project.out)
  }

  /** The same; null where it cannot be read. */
  get folderIfReadable(): MigrationFolder | null {
    try {
      return this.folder
    } catch (error) {
      if (error instanceof ProblemError) return null
      throw error
    }
  }

  /** The folder with what is run though the journal does not list it. Throws as `folder` does. */
  get whole(): MigrationFolder {
    return (this.knownWhole ??= runByName(this.trees.after, this.folder))
  }

  /** The same at the project's own path in any tree. Throws as `folder` does. */
  wholeAt(tree: Tree): MigrationFolder {
    return tree === this.trees.after ? this.whole : runByName(tree, this.folderAt(tree))
  }

  /** What of the whole folder is deployed, and what is pending. Throws as `folder` does. */
  get split(): Split {
    return (this.knownSplit ??= this.trees.split(this.whole, (tree) =>
      runByName(tree, this.folderIn(tree)),
    ))
  }

  /**
   * The folder in another tree, wherever it lies there. A journal that was committed broken (with
   * conflict markers, say) must not fail every check until it is out of the history: then it is what
   * has its SQL there.
   */
  folderIn(tree: Tree): MigrationFolder {
    const { folder } = this
    try {
      return findFolder(folder, this.trees.after, tree, (path) => this.folderAt(tree, path))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const there = new Set(tree.list(folder.path).map(({ path }) => path))
      const migrations = folder.migrations.filter(({ file }) => there.has(file))
      // Their blob ids are of the tree under check; what they say may differ.
      return { ...folder, migrations: migrations.map(({ blob: _, ...rest }) => rest), missing: [] }
    }
  }

  /** The folder at the project's own path in any tree. Throws as `folder` does. */
  folderAt(tree: Tree, path = this.project.out): MigrationFolder {
    const known = this.folders.get(tree) ?? new Map<string, () => MigrationFolder>()
    this.folders.set(tree, known)
    const answer = known.get(path) ?? settled(() => readMigrationFolder(tree, path))
    known.set(path, answer)
    return answer()
  }

  /** The folder of a tree as a history; a journal that cannot be read is part of the answer. */
  historyAt(tree: Tree): HistoryFolder {
    try {
      return historyFolder(tree, this.folderAt(tree))
    } catch (error) {
      if (error instanceof JournalError) return unreadableHistory(this.project.out, error)
      throw error
    }
  }

  /** The snapshot that the schema of a tree is compared with. Throws as `folder` does. */
  latestSnapshot(tree: Tree): LatestSnapshot {
    const known = this.latest.get(tree) ?? latestSnapshot(tree, this.folderAt(tree))
    this.latest.set(tree, known)
    return known
  }

  /** The SQL of migrations. */
  sources(tree: Tree, migrations: readonly Migration[]): Sources {
    const known = this.sourcesByFile.get(tree) ?? new Map<string, Sources>()
    this.sourcesByFile.set(tree, known)
    const unread = migrations.filter(({ file }) => !known.has(file))
    if (unread.length > 0) {
      const { sources, problems } = readSources(tree, unread)
      for (const { file } of unread) {
        known.set(file, {
          sources: sources.filter((source) => source.file === file),
          problems: problems.filter((problem) => problem.file === file),
        })
      }
    }
    const all = migrations.map(({ file }) => known.get(file)!)
    return {
      sources: all.flatMap(({ sources }) => sources),
      problems: all.flatMap(({ problems }) => problems),
    }
  }

  /** What is pending, by file and content. Throws as `folder` does. */
  get pendingContent(): readonly string[] {
    const { after } = this.trees
    return this.split.deployments.flat().map(({ file, blob }) => {
      const content = blob ?? after.stamp?.(file) ?? after.read(file)?.toString('latin1') ?? ''
      return `${file}\0${content}`
    })
  }

  /** Runs migrations on a catalog as one deployment. */
  replay(engine: Engine, start: Catalog, sources: readonly MigrationSource[]): ReplayedDeployment {
    const known = this.replays.get(start) ?? new Map<string, ReplayedDeployment>()
    this.replays.set(start, known)
    const key = sources.map(({ file, text }) => `${file}\0${text}`).join('\0')
    const answer =
      known.get(key) ??
      replayDeployment({ engine, session: sessionOf(this.project) }, start, sources)
    known.set(key, answer)
    return answer
  }

  /** Lets go of what is large, once the project is checked; what is asked for again is read again. */
  forget(): void {
    this.replays = new WeakMap()
    this.sourcesByFile.clear()
    this.snapshots.clear()
    this.latest.clear()
  }

  /** What a snapshot from which a replay starts says: the same object for the same content. */
  startSnapshot<T>(tree: Tree, path: string, read: () => T): T {
    const blob = tree.list(this.project.out).find((file) => file.path === path)?.blob
    const key = blob === undefined ? `${tree.label}\0${path}` : blob
    if (!this.snapshots.has(key)) this.snapshots.set(key, read())
    return this.snapshots.get(key) as T
  }
}

/** Answers the same each time it is asked, an error too. */
function settled<T>(ask: () => T): () => T {
  let answer: (() => T) | undefined
  return () => {
    if (answer === undefined) {
      try {
        const value = ask()
        answer = () => value
      } catch (error) {
        answer = () => {
          throw error
        }
      }
    }
    return answer()
  }
}
