import { inertLine } from '../report/printable.ts'
import type { Output } from './output.ts'

/** One line about what goes on, for whoever waits at a terminal. */
export interface Progress {
  /** Puts these words in the place of those before. */
  say(doing: string): void
  /** Takes the line away: what comes then is the report. */
  end(): void
}

/**
 * A line that is rewritten in place.
 *
 * @param output - standard error: the report goes elsewhere
 * @returns null where nobody watches, or the terminal cannot go back in a line
 */
export function progressOn(output: Output, env: NodeJS.ProcessEnv): Progress | null {
  if (!output.isTTY || env.TERM === 'dumb') return null
  const ignored = (): void => undefined
  output.on('error', ignored)
  const put = (text: string): void => void output.write(`\r\x1b[K${text}`, ignored)
  return {
    say: (doing) =>
      put(inertLine(`migration-lint: ${doing} …`).slice(0, (output.columns || 80) - 1)),
    end: () => put(''),
  }
}
