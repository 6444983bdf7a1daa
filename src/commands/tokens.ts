import { parseArgs } from 'node:util'
import { didYouMean } from '../config/closest.ts'
import { OPTIONS, type OptionSpec, SUBCOMMANDS } from './options.ts'
import { usageError } from './usage.ts'

/** A command line taken apart: values by option name, and what is no option. */
export interface Tokens {
  readonly positionals: readonly string[]
  /** Every value an option was given; a switch that is set has one empty value. */
  readonly values: ReadonlyMap<string, readonly string[]>
}

/**
 * Takes a command line apart and rejects what no command knows. `parseArgs` itself is used without
 * its strict mode, whose texts neither suggest nor fit on a line.
 *
 * @throws ProblemError for an unknown option, a missing or superfluous value, an option given twice
 */
export function tokenize(args: readonly string[]): Tokens {
  const command = SUBCOMMANDS.find((name) => args.includes(name))
  const valueIn = ({ value, switchFor = [] }: OptionSpec): string | undefined =>
    switchFor.some((name) => name === command) ? undefined : value
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(OPTIONS).map(([name, spec]) => [
        name,
        {
          type: valueIn(spec) === undefined ? ('boolean' as const) : ('string' as const),
          ...(spec.short !== undefined && { short: spec.short }),
        },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const positionals: string[] = []
  const values = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName } = token
    const spec = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined
    if (spec === undefined) throw unknownOption(name, rawName)
    const given = values.get(name) ?? []
    const expected = valueIn(spec)
    if (given.length > 0 && expected !== undefined && !spec.multiple) {
      throw usageError(`${rawName} is given twice`)
    }
    values.set(name, [...given, valueOf(rawName, expected, token)])
  }
  return { positionals, values }
}

function valueOf(
  rawName: string,
  expected: string | undefined,
  token: { readonly value?: string; readonly inlineValue?: boolean },
): string {
  const { value, inlineValue } = token
  if (expected === undefined) {
    if (value !== undefined) throw usageError(`${rawName} takes no value`)
    return ''
  }
  const looksLikeOption = value?.startsWith('-') === true && !inlineValue
  if (value === undefined || value === '' || looksLikeOption) {
    throw usageError(`${rawName} needs a value: ${rawName} <${expected}>`)
  }
  return value
}

function unknownOption(name: string, rawName: string): Error {
  const names = Object.keys(OPTIONS).map((option) => `--${option}`)
  const suggestion = name.length > 1 ? didYouMean(`--${name}`, names) : ''
  const remedy = suggestion === '' ? '; migration-lint --help lists the options' : suggestion
  return usageError(`unknown option "${rawName}"${remedy}`)
}
