import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Scratch, ScratchLost } from '../scratch.ts'
import { MissingPackage } from '../trace/pglite.ts'
import type { Answered, Asked, Opened, Request } from './messages.ts'

/** Set by the build; absent where the sources run unbuilt. */
declare const BUILD_ID: string | undefined

export interface EmbeddedScratch extends Scratch {
  /** The data directory as it is now, to start from another time. */
  dump(): Promise<Buffer>
}

export interface EmbeddedSettings {
  /** The SQL names of the extensions that the migrations create. */
  readonly extensions: readonly string[]
  /** Folders whose node_modules are asked for PGlite. */
  readonly from: readonly string[]
  /** A data directory to start from, as `dump` gave it; null makes a new one, which takes seconds. */
  readonly image: Buffer | null
  /** Milliseconds that any one statement may take. */
  readonly patience: number
}

/**
 * Starts the embedded PostgreSQL in a thread of its own.
 *
 * @throws MissingPackage where a package has to be installed
 * @throws ScratchLost where it does not come up in time
 */
export async function openEmbedded(settings: EmbeddedSettings): Promise<EmbeddedScratch> {
  const thread = new Thread(settings.patience)
  try {
    const { extensions, from, image } = settings
    const bytes = image && new Uint8Array(image).buffer
    const opened = (await thread.ask({ kind: 'open', extensions, from, image: bytes })) as Opened
    return {
      ...opened,
      scratch: true,
      keptWhenOpened: true,
      major: Number(/\d+/.exec(opened.server)?.[0]),
      query: (sql) => thread.ask({ kind: 'query', sql }) as ReturnType<Scratch['query']>,
      exec: (sql) => thread.ask({ kind: 'exec', sql }),
      keep: async () => void (await thread.ask({ kind: 'keep' })),
      restore: async () => void (await thread.ask({ kind: 'restore' })),
      dump: async () => Buffer.from((await thread.ask({ kind: 'dump' })) as ArrayBuffer),
      close: () => thread.end(),
    }
  } catch (error) {
    await thread.end()
    throw error
  }
}

/** Milliseconds for a start: initdb in WebAssembly, on a machine that is busy. */
const START = 180_000

/** The built file of the thread. */
function threadFile(): string {
  const dist =
    typeof BUILD_ID === 'undefined'
      ? join(import.meta.dirname, '../../../dist')
      : import.meta.dirname
  return join(dist, 'pglite.cjs')
}

class Thread {
  private readonly worker: Worker
  private readonly patience: number
  private readonly waiting = new Map<number, (answer: Answered | Error) => void>()
  private next = 0
  private lost: Error | null = null

  constructor(patience: number) {
    this.patience = patience
    // What the user's Node was started with is not meant for it.
    this.worker = new Worker(threadFile(), { execArgv: [], stdout: true, stderr: true })
    this.worker.on('message', (answer: Answered) => this.settle(answer.id, answer))
    this.worker.on('error', (error) => this.lose(new ScratchLost(error.message, false)))
    this.worker.on('exit', () => this.lose(new ScratchLost('it ended', false)))
  }

  async ask(request: Request): Promise<unknown> {
    if (this.lost) throw this.lost
    const id = this.next++
    const answer = new Promise<Answered | Error>((resolve) => this.waiting.set(id, resolve))
    const transfer = request.kind === 'open' && request.image ? [request.image] : []
    this.worker.postMessage({ id, request } satisfies Asked, transfer)
    const isStatement = request.kind === 'query' || request.kind === 'exec'
    const patience = isStatement ? this.patience : Math.max(START, this.patience)
    const timer = setTimeout(() => {
      this.lose(new ScratchLost(`no answer within ${patience / 1000} seconds`, true))
      void this.worker.terminate()
    }, patience)
    const answered = await answer
    clearTimeout(timer)
    if (answered instanceof Error) throw answered
    if ('value' in answered) return answered.value
    const { message, packages, ...rest } = answered.failed
    if (packages) throw new MissingPackage(message, packages)
    throw Object.assign(new Error(message), rest)
  }

  async end(): Promise<void> {
    if (!this.lost) await this.ask({ kind: 'close' }).catch(() => undefined)
    await this.worker.terminate()
  }

  private settle(id: number, answer: Answered | Error): void {
    this.waiting.get(id)?.(answer)
    this.waiting.delete(id)
  }

  private lose(error: Error): void {
    this.lost ??= error
    for (const id of [...this.waiting.keys()]) this.settle(id, this.lost)
  }
}
