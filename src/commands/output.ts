import { ProblemError } from '../finding/problem.ts'

/** What of a stream the commands need; process.stdout and process.stderr are such. */
export interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string, done: (error?: Error | null) => void): unknown
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
}

/**
 * Writes all of a text and waits until it is out: process.exit() would cut off what a slow reader
 * has not taken yet. A reader that has gone (`| head`) is no error.
 */
export function writeAll(output: Output, text: string): Promise<void> {
  if (text === '') return Promise.resolve()
  return new Promise((resolve, reject) => {
    const done = (error?: NodeJS.ErrnoException | null) => {
      if (!error || error.code === 'EPIPE') resolve()
      else reject(unwritten(error))
    }
    output.on('error', done)
    output.write(text, done)
  })
}

/** A full disk, a closed terminal. */
function unwritten({ code, message }: NodeJS.ErrnoException): ProblemError {
  return new ProblemError({
    message: `the output could not be written (${code ?? message})`,
    file: null,
    help: code === 'ENOSPC' ? 'Make room where it goes, or send it elsewhere.' : '',
  })
}

/** Columns of a terminal; null where the output is none. */
export function terminalWidth({ isTTY, columns }: Output): number | null {
  return isTTY && columns ? columns : null
}
