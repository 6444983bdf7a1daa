/** Why something of the set-up is left to the user: a file that is not ours to edit, say. */
export class Refusal extends Error {
  /** The file it is about, relative to the root. */
  readonly file: string
  /** What to do by hand; lines to add stand on lines of their own. */
  readonly help: string

  constructor(file: string, message: string, help = '') {
    super(message)
    this.name = 'Refusal'
    this.file = file
    this.help = help
  }
}
