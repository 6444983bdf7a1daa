import { dirname, join, sep } from 'node:path'
import type { DialectName } from '../dialects/names.ts'
import { dialectOfDriver, dialectSpelled } from '../dialects/registry.ts'
import type { DrizzleConfigReading } from '../drizzle/find/reading.ts'
import { basesOf, nearestConfigs } from './drizzleConfigs.ts'
import type { History } from './history.ts'

/**
 * The dialect that a file of SQL is in, as the command line would tell it: by the journal beside it, our
 * configuration, the drizzle configs above it, or the last snapshot.
 *
 * @param file - absolute
 * @param history - the migrations folder it stands in, if it does
 * @param configured - what our configuration says of its project
 * @returns null where none of them says
 */
export function statedDialect(
  file: string,
  history: History | null,
  configured: DialectName | undefined,
): DialectName | null {
  return (
    configured ??
    history?.dialects.journal ??
    dialectOfConfigs(file) ??
    history?.dialects.snapshot ??
    null
  )
}

/** What the nearest drizzle configs say: those that write into the file's folder, or all as one. */
function dialectOfConfigs(file: string): DialectName | null {
  const nearest = nearestConfigs(file)
  if (nearest === null) return null
  const writing = nearest.readings.filter((reading) => writesAround(nearest.folder, reading, file))
  const told = (writing.length > 0 ? writing : nearest.readings).map(dialectIn)
  const [first = null, ...others] = new Set(told)
  return others.length === 0 ? first : null
}

function dialectIn({ dialect, driver }: DrizzleConfigReading): DialectName | null {
  if (dialect.kind === 'value') return dialectSpelled(dialect.value)
  return driver.kind === 'value' ? dialectOfDriver(driver.value) : null
}

function writesAround(folder: string, { out }: DrizzleConfigReading, file: string): boolean {
  if (out.kind === 'unreadable') return false
  const { path, from } = out.kind === 'value' ? out.value : DEFAULT_OUT
  const bases = from === 'root' ? [folder] : basesOf(folder)
  return bases.some((base) => `${dirname(file)}${sep}`.startsWith(join(base, path) + sep))
}

const DEFAULT_OUT = { path: 'drizzle', from: 'working directory' } as const
