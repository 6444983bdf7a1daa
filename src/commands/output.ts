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
      else reject(error)
    }
    output.on('error', done)
    output.write(text, done)
  })
}

/** Columns of a terminal; null where the output is none. */
export function terminalWidth({ isTTY, columns }: Output): number | null {
  return isTTY && columns ? columns : null
}
