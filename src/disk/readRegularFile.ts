import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

/** Bytes; a snapshot of a thousand tables takes ten million. */
const MOST = 256 * 1024 * 1024

/** A path that names something which is not to be read. */
export class IrregularFile extends Error {
  readonly reason: string

  /** @param reason - what is wrong with the path, after its name: `is a device` */
  constructor(path: string, reason: string) {
    super(`${path} ${reason}`)
    this.name = 'IrregularFile'
    this.reason = reason
  }
}

/**
 * Reads a file that somebody else has put there. A named pipe without a writer would never end, and
 * a link to /dev/zero neither: only regular files are read, up to a size.
 *
 * @throws IrregularFile for everything else
 * @throws Error as `fs.readFileSync` does, where there is no file or it may not be read
 */
export function readRegularFile(path: string): Buffer {
  // A named pipe is opened without waiting for its writer.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(file)
    if (stats.isDirectory()) throw new IrregularFile(path, 'is a folder')
    if (!stats.isFile()) throw new IrregularFile(path, 'is not a regular file')
    if (stats.size > MOST) throw new IrregularFile(path, `is larger than ${MOST >> 20} MB`)
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}
