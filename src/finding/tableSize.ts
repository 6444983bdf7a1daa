/** How large a table is, as the server estimates it. */
export interface TableSize {
  /** Null: it was never analysed, so nothing is known. */
  readonly rows: number | null
  /** With its indexes and what is stored outside of it. */
  readonly bytes: number
}

/** `about 40 million rows, 11 GB`. */
export function sizeInWords({ rows, bytes }: TableSize): string {
  const size = bytesInWords(bytes)
  return rows === null ? `never analysed, ${size}` : `about ${rowsInWords(rows)}, ${size}`
}

const NUMBERS = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
] as const

function rowsInWords(rows: number): string {
  const [unit, word] = NUMBERS.find(([value]) => rows >= value) ?? [1, '']
  const number = Number((rows / unit).toPrecision(2))
  return `${number} ${word === '' ? '' : `${word} `}${rows === 1 ? 'row' : 'rows'}`
}

function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), units.length - 1)
  return `${Number((bytes / 1024 ** step).toPrecision(2))} ${units[step]}`
}
