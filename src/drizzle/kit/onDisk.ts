import { readRegularFile } from '../../disk/readRegularFile.ts'

/**
 * The content of a file that a schema may have read.
 *
 * @param path - absolute
 * @returns undefined where there is none, or none to be read: a pipe that a program fills, say
 */
export function onDisk(path: string): Buffer | undefined {
  try {
    return readRegularFile(path)
  } catch {
    return undefined
  }
}
