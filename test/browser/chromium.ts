import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The system's browser; null where there is none: none is ever downloaded. */
export function chromiumFile(): string | null {
  for (const name of NAMES) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: 'pipe' }).trim()
    } catch {
      continue
    }
  }
  return null
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** How a page is looked at. */
export interface View {
  readonly width: number
  readonly theme: 'light' | 'dark'
}

/** A page that was loaded. */
export interface Loaded {
  /** What the console shows of errors, and what was thrown. */
  readonly errors: readonly string[]
  /** What an expression comes to in the page; it must be possible as JSON. */
  ask<T>(expression: string): Promise<T>
}

/** A browser without a window, spoken to over pipes (the Chrome DevTools Protocol). */
export class Chromium {
  private readonly child: ChildProcess
  private readonly profile = mkdtempSync(join(tmpdir(), 'migration-lint-chromium-'))
  private readonly waiting = new Map<number, (message: Message) => void>()
  private readonly listeners = new Set<(message: Message) => void>()
  private next = 1
  private rest = ''

  constructor(file: string) {
    this.child = spawn(
      file,
      [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--remote-debugging-pipe',
        `--user-data-dir=${this.profile}`,
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    )
    const answers = this.child.stdio[4] as Readable
    answers.setEncoding('utf8')
    answers.on('data', (text: string) => this.receive(text))
  }

  /** Loads a file. */
  async open(file: string, { width, theme }: View): Promise<Loaded> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
    })
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    })
    const send = <T>(method: string, params = {}) => this.send<T>(method, params, sessionId)
    const errors: string[] = []
    const loaded = new Promise<void>((resolve) => {
      this.listeners.add(({ method, params }) => {
        const { entry, type, exceptionDetails } = params as {
          readonly entry?: { readonly level: string; readonly text: string }
          readonly type?: string
          readonly exceptionDetails?: unknown
        }
        if (method === 'Page.loadEventFired') resolve()
        if (method === 'Log.entryAdded' && entry?.level === 'error') errors.push(entry.text)
        if (method === 'Runtime.consoleAPICalled' && type === 'error')
          errors.push(JSON.stringify(params))
        if (method === 'Runtime.exceptionThrown') errors.push(JSON.stringify(exceptionDetails))
      })
    })
    for (const domain of ['Page', 'Log', 'Runtime']) await send(`${domain}.enable`)
    const features = [{ name: 'prefers-color-scheme', value: theme }]
    await send('Emulation.setEmulatedMedia', { features })
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false }
    await send('Emulation.setDeviceMetricsOverride', size)
    await send('Page.navigate', { url: `file://${file}` })
    await loaded
    return {
      errors,
      ask: async <T>(expression: string) => {
        const { result, exceptionDetails } = await send<{
          readonly result: { readonly value: T }
          readonly exceptionDetails?: { readonly text: string }
        }>('Runtime.evaluate', { expression, returnByValue: true })
        if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
        return result.value
      },
    }
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    await this.send('Browser.close', {})
    await ended
    rmSync(this.profile, { recursive: true, force: true })
  }

  private async send<T>(method: string, params: object, sessionId?: string): Promise<T> {
    const id = this.next++
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve))
    const requests = this.child.stdio[3] as Writable
    requests.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    const { result, error } = await answer
    if (error) throw new Error(`${method}: ${error.message}`)
    return result as T
  }

  private receive(text: string): void {
    const messages = (this.rest + text).split('\0')
    this.rest = messages.pop() ?? ''
    for (const one of messages) {
      const message = JSON.parse(one) as Message
      if (message.id === undefined) for (const listener of this.listeners) listener(message)
      else this.waiting.get(message.id)?.(message)
    }
  }
}
