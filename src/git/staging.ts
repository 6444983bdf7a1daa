import { pathFrom } from '../finding/relativePath.ts'
import { shellWord } from '../finding/shellWord.ts'

/**
 * The command that stages files, as a message prints it.
 *
 * @param files - or folders; relative to the root
 * @param here - where it is run, relative to the root
 */
export function staging(files: readonly string[], here: string): string {
  return `git add ${files.map((file) => shellWord(pathFrom(here, file))).join(' ')}`
}

/** The command that moves a file or folder, in the same terms. */
export function moving(from: string, to: string, here: string): string {
  return `git mv ${shellWord(pathFrom(here, from))} ${shellWord(pathFrom(here, to))}`
}
