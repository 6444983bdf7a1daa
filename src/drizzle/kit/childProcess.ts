import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProblemError } from '../../finding/problem.ts'
import {
  CANNOT_WRITE,
  type ChildLimits,
  REQUEST,
  type KitRequest,
  type KitTrace,
} from './request.ts'
import { stopSignal } from './stopSignal.ts'

/** Set by the build; absent where the sources run unbuilt. */
declare const BUILD_ID: string | undefined

/** Milliseconds after which nobody waits any more. Sixty tables take well below one second. */
export const PATIENCE = 60_000

/** Milliseconds a child has beyond its time before it ends itself. */
const GRACE = 5_000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Bytes of an output that are kept: the answer comes last. */
const MOST_OUTPUT = 16 * 1024 * 1024

/** What is left when a child process has ended. */
export interface Ended {
  readonly code: number | null
  readonly timedOut: boolean
  readonly stdout: string
  readonly stderr: string
  /** Null where it was killed before it could say. */
  readonly trace: KitTrace | null
  /** A file of its folder; null where there is none. */
  file(name: string): string | null
}

/** A temporary folder for one child process and what it leaves there. */
export interface Workplace {
  readonly folder: string
  /** Writes a file below the folder and answers its absolute path. */
  write(name: string, content: string | Buffer): string
}

/**
 * Runs code of the user in a process of its own: with what is checked in place of what lies on disk,
 * without a terminal, for a limited time.
 *
 * @param prepare - writes what the child needs and says what to run: arguments of node
 * @param patience - milliseconds
 */
export async function inChild<T>(
  prepare: (place: Workplace) => { readonly request: KitRequest; readonly args: readonly string[] },
  read: (ended: Ended) => T,
  patience: number,
): Promise<T> {
  const folder = inTemporary(() => mkdtempSync(join(tmpdir(), 'migration-lint-')))
  const place: Workplace = {
    folder,
    write(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
  }
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const { request, args } = inTemporary(() => {
      const prepared = prepare(place)
      // Its own limit is for the case that nobody else holds it to ours.
      const limits: ChildLimits = { parent: process.pid, patience: patience + GRACE }
      place.write('request.json', JSON.stringify({ ...prepared.request, limits }))
      return prepared
    })
    requireFolder(request.cwd)
    const ended = await run(args, request.cwd, folder, patience, remove)
    const { code, timedOut, stdout, stderr } = ended
    if (code === CANNOT_WRITE) throw noTemporary(`what drizzle-kit answers does not fit`)
    const file = (name: string): string | null => {
      try {
        return readFileSync(join(folder, name), 'utf8')
      } catch {
        return null
      }
    }
    return read({ code, timedOut, stdout, stderr, trace: traceOf(file('trace.json')), file })
  } finally {
    remove()
  }
}

/** A folder that is only staged, or left out of a sparse checkout, cannot be run in. */
function requireFolder(cwd: string): void {
  if (existsSync(cwd)) return
  throw new ProblemError({
    message: `${cwd} is not on disk, and drizzle-kit has to be run there`,
    file: null,
    help: 'Check it out; in a sparse checkout: git sparse-checkout add <that folder>.',
  })
}

/** Does something in the temporary folder of the machine, which may be missing, full or read-only. */
function inTemporary<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    throw noTemporary(code)
  }
}

function noTemporary(reason: string): ProblemError {
  return new ProblemError({
    message: `nothing can be written to the folder for temporary files, ${tmpdir()} (${reason}), which drizzle-kit is asked through`,
    file: null,
    help: 'Make room there, or name another folder with the variable TMPDIR.',
  })
}

/** The built file of one of the children. */
export function childFile(name: 'evaluate' | 'preload'): string {
  const dist =
    typeof BUILD_ID === 'undefined'
      ? join(import.meta.dirname, '../../../dist')
      : import.meta.dirname
  return join(dist, `${name}.cjs`)
}

/** Of one that was killed while it wrote there is half of it. */
function traceOf(text: string | null): KitTrace | null {
  try {
    return JSON.parse(text ?? 'null') as KitTrace | null
  } catch {
    return null
  }
}

/** Its outputs go to files: what is still on its way through a pipe when a process exits is lost. */
function run(
  args: readonly string[],
  cwd: string,
  folder: string,
  patience: number,
  remove: () => void,
) {
  const signal = stopSignal()
  signal?.throwIfAborted()
  return new Promise<Pick<Ended, 'code' | 'timedOut' | 'stdout' | 'stderr'>>((resolve, reject) => {
    const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const
    const outputs = paths.map((path) => openSync(path, 'w'))
    const child = spawn(process.execPath, ['--require', childFile('preload'), ...args], {
      cwd,
      env: environment(folder),
      stdio: ['ignore', ...outputs],
      windowsHide: true,
    })
    const abandon = () => {
      child.kill('SIGKILL')
      reject(signal?.reason as Error)
    }
    signal?.addEventListener('abort', abandon, { once: true })
    for (const output of outputs) closeSync(output)
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, patience)
    // Whoever stops us wants all of it to stop, and we die as we would have without a child.
    const stop = (signal: NodeJS.Signals): void => {
      child.kill('SIGKILL')
      remove()
      for (const one of SIGNALS) process.off(one, stop)
      process.kill(process.pid, signal)
    }
    for (const signal of SIGNALS) process.on(signal, stop)
    const done = (code: number | null, error = ''): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abandon)
      for (const one of SIGNALS) process.off(one, stop)
      // Its folder is gone.
      if (signal?.aborted) return
      const [stdout, stderr] = paths.map(endOf)
      resolve({ code, timedOut, stdout: stdout!, stderr: stderr! + error })
    }
    child.on('error', ({ message }) => done(null, message))
    child.on('exit', (code) => done(code))
  })
}

function endOf(path: string): string {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const end = Buffer.alloc(Math.min(size, MOST_OUTPUT))
    readSync(file, end, 0, end.length, size - end.length)
    return end.toString('utf8')
  } finally {
    closeSync(file)
  }
}

/** Git's variables would lead a git that the schema starts astray; the rest is the user's. */
function environment(folder: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { [REQUEST]: folder }
  for (const [name, value] of Object.entries(process.env))
    if (!name.startsWith('GIT_')) env[name] = value
  return env
}
