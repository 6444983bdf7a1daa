import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { REQUEST, type KitRequest, type KitTrace } from './request.ts'

/** Set by the build; absent where the sources run unbuilt. */
declare const BUILD_ID: string | undefined

/** Milliseconds after which nobody waits any more. Sixty tables take well below one second. */
export const PATIENCE = 60_000

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
  patience = PATIENCE,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-'))
  const place: Workplace = {
    folder,
    write(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
  }
  try {
    const { request, args } = prepare(place)
    place.write('request.json', JSON.stringify(request))
    const { code, timedOut, stdout, stderr } = await run(args, request.cwd, folder, patience)
    const file = (name: string): string | null => {
      try {
        return readFileSync(join(folder, name), 'utf8')
      } catch {
        return null
      }
    }
    const trace = file('trace.json')
    return read({ code, timedOut, stdout, stderr, trace: trace === null ? null : (JSON.parse(trace) as KitTrace), file })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The built file of one of the children. */
export function childFile(name: 'evaluate' | 'preload'): string {
  const dist = typeof BUILD_ID === 'undefined' ? join(import.meta.dirname, '../../../dist') : import.meta.dirname
  return join(dist, `${name}.cjs`)
}

function run(args: readonly string[], cwd: string, folder: string, patience: number) {
  return new Promise<{ code: number | null; timedOut: boolean; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', childFile('preload'), ...args], {
      cwd,
      env: environment(folder),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text
      })
    }
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, patience)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearTimeout(timer)
      // Helpers of the child may hold its outputs open: what came until now is all we want.
      setImmediate(() => {
        child.stdout.destroy()
        child.stderr.destroy()
        resolve({ code, timedOut, ...output })
      })
    })
  })
}

/** Git's variables would lead a git that the schema starts astray; the rest is the user's. */
function environment(folder: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { [REQUEST]: folder }
  for (const [name, value] of Object.entries(process.env)) if (!name.startsWith('GIT_')) env[name] = value
  return env
}
