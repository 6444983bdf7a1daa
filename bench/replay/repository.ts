import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Subject, Unit } from './subjects.ts'

/** A commit to replay, and the config it has to do with. */
export interface Step {
  readonly commit: string
  readonly parent: string
  readonly date: string
  readonly unit: Unit
  /** Whether it brings SQL. */
  readonly brings: boolean
}

/** Runs git; its output. */
export function git(
  cwd: string,
  args: readonly string[],
  input?: string,
  env: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd,
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.trim()}`)
  return stdout
}

/** The commits of the first-parent history that touch a schema file or a migration, oldest first. */
export function stepsOf(clone: string, subject: Subject): readonly Step[] {
  // Renames would make git read blobs that the snapshot may lack.
  const log = git(clone, [
    'log',
    '--first-parent',
    '-m',
    '--no-renames',
    '--name-status',
    '--format=commit %H %P %cs',
    'HEAD',
  ])
  const steps: Step[] = []
  for (const text of log.split(/^commit /m).slice(1)) {
    const [head = '', ...lines] = text.split('\n')
    const words = head.split(' ')
    if (!words[1]) continue
    const changed = lines
      .filter((line) => line.includes('\t'))
      .map((line) => line.split('\t') as [string, string])
    const unit = subject.units.find(({ touches }) => changed.some(([, path]) => touches.test(path)))
    if (!unit || !hasMigrations(clone, words[0]!, unit)) continue
    const brings = changed.some(
      ([status, path]) => status === 'A' && unit.touches.test(path) && path.endsWith('.sql'),
    )
    steps.push({ commit: words[0]!, parent: words[1]!, date: words.at(-1)!, unit, brings })
  }
  return steps.reverse()
}

/** Before its first migration, and before its config, a project brings its schema to the database otherwise. */
function hasMigrations(clone: string, commit: string, { config, out }: Unit): boolean {
  const paths = git(clone, [
    'ls-tree',
    '-r',
    '--name-only',
    commit,
    '--',
    config,
    join(dirname(config), out),
  ]).split('\n')
  return (
    paths.includes(config) && paths.some((path) => /_journal\.json$|\/migration\.sql$/.test(path))
  )
}

/** A repository without a remote, in which any commit of the clone can be staged on its parent. */
export class Stage {
  readonly root: string
  private readonly clone: string
  private readonly present = new Set<string>()
  private readonly absent = new Set<string>()

  constructor(root: string, clone: string) {
    this.root = root
    this.clone = clone
    if (existsSync(join(root, '.git'))) return
    mkdirSync(root, { recursive: true })
    git(root, ['init', '-q', '-b', 'main'])
    const objects = git(clone, ['rev-parse', '--git-path', 'objects']).trim()
    writeFileSync(join(root, '.git/objects/info/alternates'), `${join(clone, objects)}\n`)
    writeFileSync(join(root, '.git/info/exclude'), 'node_modules\n')
    git(root, ['config', 'user.email', 'replay@example.invalid'])
    git(root, ['config', 'user.name', 'replay'])
    git(root, ['config', 'gc.auto', '0'])
  }

  /** HEAD becomes the one commit, index and working tree the other, but for a folder left as in HEAD. */
  set(head: string, staged: string, except: string | null = null): void {
    const commit = git(this.root, [
      'commit-tree',
      this.write(this.entries(head)),
      '-m',
      head,
    ]).trim()
    git(this.root, ['update-ref', 'refs/heads/main', commit])
    const lies = ({ path }: Entry) => except !== null && path.startsWith(`${except}/`)
    const left = except === null ? [] : this.entries(head).filter(lies)
    const rest = this.entries(staged).filter((entry) => !lies(entry))
    git(this.root, ['read-tree', '--reset', '-u', this.write([...rest, ...left])])
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8')
  }

  /** Undoes what was written below a folder. */
  restore(folder: string): void {
    git(this.root, ['clean', '-fdqx', '-e', 'node_modules', '--', folder])
    git(
      this.root,
      ['checkout-index', '-f', '-z', '--stdin'],
      git(this.root, ['ls-files', '-z', '--', folder]),
    )
  }

  /** What a commit holds, without what the snapshot of the project lacks and without submodules. */
  private entries(commit: string): readonly Entry[] {
    const entries = git(this.clone, ['ls-tree', '-r', '-z', commit])
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => /^(\d+) \w+ (\w+)\t([^]*)$/.exec(line)!)
      .map(([line, mode, id, path]) => ({ line, mode: mode!, id: id!, path: path! }))
    const unseen = entries
      .map(({ id }) => id)
      .filter((id) => !this.present.has(id) && !this.absent.has(id))
    const checked = git(this.clone, ['cat-file', '--batch-check'], unseen.join('\n') + '\n')
    for (const line of checked.split('\n')) {
      const [id = '', type] = line.split(' ')
      ;(type === 'blob' ? this.present : this.absent).add(id)
    }
    return entries.filter(
      ({ mode, id, path }) =>
        mode !== '160000' && this.present.has(id) && !path.includes('node_modules/'),
    )
  }

  private write(entries: readonly Entry[]): string {
    const index = { GIT_INDEX_FILE: join(this.root, '.git/replay-index') }
    git(this.root, ['read-tree', '--empty'], '', index)
    git(
      this.root,
      ['update-index', '-z', '--index-info'],
      entries.map(({ line }) => `${line}\0`).join(''),
      index,
    )
    return git(this.root, ['write-tree'], '', index).trim()
  }
}

interface Entry {
  /** As `git update-index --index-info` takes it. */
  readonly line: string
  readonly mode: string
  readonly id: string
  readonly path: string
}
