import { resolve } from 'node:path'
import { didYouMean } from '../config/closest.ts'
import { FORMAT_NAMES, formatOf, type FormatName } from '../report/formats/table.ts'
import { usageError } from './usage.ts'

/** A format that was asked for. */
export interface RequestedFormat {
  readonly name: FormatName
  /** Absolute path of the file it is written to; null for standard output. */
  readonly file: string | null
}

/**
 * The formats of a command line.
 *
 * @param given - `sarif`, `sarif=out.sarif`
 * @param cwd - what files are relative to
 * @throws ProblemError for an unknown one, and for two that cannot share where they go
 */
export function readFormats(given: readonly string[], cwd: string): readonly RequestedFormat[] {
  const formats = given.map((word) => requested(word, cwd))
  const seen = new Map<string | null, RequestedFormat>()
  for (const format of formats) {
    const other = seen.get(format.file)
    seen.set(format.file, format)
    if (other === undefined || shareOutput(other, format)) continue
    const where = format.file === null ? 'standard output' : 'one file'
    const remedy = `write one to a file of its own: --format ${format.name}=<file>`
    throw usageError(`${other.name} and ${format.name} both go to ${where}: ${remedy}`)
  }
  return formats
}

/** The same of a command line that may make no sense: what can be understood of it. */
export function formatsIn(args: readonly string[], cwd: string): readonly RequestedFormat[] {
  const words = args.flatMap((arg, i) => {
    if (arg.startsWith('--format=')) return arg.slice('--format='.length)
    if (arg === '--format') return args[i + 1] ?? []
    if (!args.includes('verify') || !/^--html(?:=|$)/.test(arg)) return []
    return `html=${arg === '--html' ? (args[i + 1] ?? '') : arg.slice('--html='.length)}`
  })
  return words.flatMap((word) => {
    const { name, file } = parts(word, cwd)
    const known = FORMAT_NAMES.find((one) => one === name)
    return known === undefined || word.endsWith('=') ? [] : [{ name: known, file }]
  })
}

function shareOutput(one: RequestedFormat, other: RequestedFormat): boolean {
  const areLogs = [one, other].every(({ name }) => formatOf(name).isLog)
  return one.name !== other.name && one.file === null && areLogs
}

function requested(word: string, cwd: string): RequestedFormat {
  const { name, file } = parts(word, cwd)
  const known = FORMAT_NAMES.find((one) => one === name)
  if (known === undefined) {
    const remedy = didYouMean(name, FORMAT_NAMES) || `; there are ${FORMAT_NAMES.join(', ')}`
    throw usageError(`unknown format "${name}"${remedy}`)
  }
  if (word.endsWith('=')) throw usageError(`--format ${word} names no file`)
  return { name: known, file }
}

function parts(word: string, cwd: string): { readonly name: string; readonly file: string | null } {
  const at = word.indexOf('=')
  if (at === -1) return { name: word, file: null }
  return { name: word.slice(0, at), file: resolve(cwd, word.slice(at + 1)) }
}
