import type { Range } from '../finding/finding.ts'

/** A place as editors count: from 1; columns in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

const LINE_BREAK = /\r\n|\n|\r/g

/** Lines and columns of one text. A byte order mark, if the text still has it, has no column. */
export class Lines {
  readonly #starts: number[] = [0]
  readonly #ends: number[] = []

  constructor(text: string) {
    for (const { index, 0: lineBreak } of text.matchAll(LINE_BREAK)) {
      this.#ends.push(index)
      this.#starts.push(index + lineBreak.length)
    }
    this.#ends.push(text.length)
    if (text.startsWith('\uFEFF')) this.#starts[0] = 1
  }

  get count(): number {
    return this.#starts.length
  }

  /** UTF-16 offsets of a line without its line break. */
  range(line: number): Range {
    return { start: this.#starts[line - 1]!, end: this.#ends[line - 1]! }
  }

  position(offset: number): Position {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: Math.max(0, offset - this.#starts[low]!) + 1 }
  }
}
