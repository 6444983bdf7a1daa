import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { ScratchLost } from '../scratch.ts'
import type { Access } from './connection.ts'
import type { DriverName } from './drivers.ts'
import type { Answered, Asked, Loaded, Request } from './messages.ts'
import type { OwnOutcome, OwnRun } from './ownMigrator.ts'
import type { Program } from './programs.ts'

/** Set by the build; absent where the sources run unbuilt. */
declare const BUILD_ID: string | undefined

/** The built file of the process. */
function childFile(): string {
  const dist =
    typeof BUILD_ID === 'undefined'
      ? join(import.meta.dirname, '../../../dist')
      : import.meta.dirname
  return join(dist, 'sqliteFile.cjs')
}

const MANY = 10

/** The process that holds a database file, and what can be asked of it. */
export class RemoteDatabase {
  private readonly child: ChildProcess
  private readonly patience: number
  private readonly waiting = new Map<number, (answer: Answered | Error) => void>()
  private next = 0
  private lost: Error | null = null

  /** @param patience - milliseconds that any one statement may take */
  constructor(patience: number) {
    this.patience = patience
    // What the user's Node was started with is not meant for it.
    this.child = fork(childFile(), { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    this.child.on('message', (answer: Answered) => this.settle(answer.id, answer))
    this.child.on('error', (error) => this.lose(new ScratchLost(error.message, false)))
    this.child.on('exit', () => this.lose(new ScratchLost('it ended', false)))
  }

  /** The first of these drivers that is there; null where none is. */
  async load(names: readonly DriverName[], from: readonly string[]): Promise<Loaded | null> {
    return (await this.ask({ kind: 'load', names, from })) as Loaded | null
  }

  async open(file: string, access: Access): Promise<void> {
    await this.ask({ kind: 'open', file, access })
  }

  async all(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.ask({ kind: 'all', sql })) as Record<string, unknown>[]
  }

  /** The rows of several queries, in their order. */
  async many(queries: readonly string[]): Promise<Record<string, unknown>[][]> {
    return (await this.ask({ kind: 'many', queries })) as Record<string, unknown>[][]
  }

  async run(sql: string): Promise<void> {
    await this.ask({ kind: 'run', sql })
  }

  async exec(sql: string): Promise<void> {
    await this.ask({ kind: 'exec', sql })
  }

  /** The program of a statement, which is not run. */
  async explain(sql: string): Promise<Program> {
    return (await this.ask({ kind: 'explain', sql })) as Program
  }

  /** Has drizzle-orm run a deployment on a file that is not open; null where it cannot. */
  async migrate(run: OwnRun): Promise<OwnOutcome | null> {
    return (await this.ask({ kind: 'migrate', run })) as OwnOutcome | null
  }

  async close(): Promise<void> {
    await this.ask({ kind: 'close' })
  }

  /** Ends the process. */
  end(): void {
    this.lost ??= new ScratchLost('it was ended', false)
    this.child.kill('SIGKILL')
  }

  private async ask(request: Request): Promise<unknown> {
    if (this.lost) throw this.lost
    const id = this.next++
    const answer = new Promise<Answered | Error>((resolve) => this.waiting.set(id, resolve))
    this.child.send({ id, request } satisfies Asked)
    // A whole deployment has many statements, each of which has shown that it ends.
    const patience = request.kind === 'migrate' ? MANY * this.patience : this.patience
    const timer = setTimeout(() => {
      this.lose(new ScratchLost(`no answer within ${patience / 1000} seconds`, true))
      this.child.kill('SIGKILL')
    }, patience)
    const answered = await answer
    clearTimeout(timer)
    if (answered instanceof Error) throw answered
    if ('value' in answered) return answered.value
    const { message, ...rest } = answered.failed
    throw Object.assign(new Error(message), rest)
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
