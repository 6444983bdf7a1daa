/** Why a reader cannot read on, and where: offsets in the file, in UTF-16 units. */
export class Refusal extends Error {
  readonly start: number
  readonly end: number

  constructor(message: string, { start, end }: { readonly start: number; readonly end: number }) {
    super(message)
    this.name = 'Refusal'
    this.start = start
    this.end = end
  }
}
