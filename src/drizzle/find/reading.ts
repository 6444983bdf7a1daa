import { toConfigPath } from './paths.ts'
import type { ConfigPath } from './paths.ts'
import { property, unreadable } from '../../static/value.ts'
import type { ObjectValue, Unreadable, Value } from '../../static/value.ts'

/** One key of a drizzle config, as far as its text says. */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly defaultOf?: string }

/** What a drizzle config says; plain data, so that it can be cached as JSON. */
export interface DrizzleConfigReading {
  readonly dialect: Reading<string>
  /** The only word on the dialect in configs before drizzle-kit 0.21. */
  readonly driver: Reading<string>
  readonly out: Reading<ConfigPath>
  readonly schema: Reading<readonly ConfigPath[]>
  readonly casing: Reading<string>
  /** `migrations.prefix`: index, timestamp, supabase, unix or none. */
  readonly prefix: Reading<string>
  /** `migrations.table` and `migrations.schema`: where the migrator keeps what it has applied. */
  readonly migrationsTable: Reading<string>
  readonly migrationsSchema: Reading<string>
  /** Globs of what drizzle-kit looks at in a database; `!` in front of what it does not. */
  readonly tablesFilter: Reading<readonly string[]>
  readonly schemaFilter: Reading<readonly string[]>
  /** Whether statements are kept apart by `--> statement-breakpoint`; default true. */
  readonly breakpoints: Reading<boolean>
}

/** Picks the keys we need from the exported object. */
export function toReading(exported: Value): DrizzleConfigReading {
  if (exported.kind !== 'object') {
    return unreadableConfig(
      exported.kind === 'unreadable' ? exported : unreadable('the config exports no object'),
    )
  }
  const key = (name: string): Value => property(exported, name)
  return {
    dialect: text(key('dialect')),
    driver: text(key('driver')),
    out: path(key('out')),
    schema: paths(key('schema')),
    casing: text(key('casing')),
    prefix: text(nested(exported, 'migrations', 'prefix')),
    migrationsTable: text(nested(exported, 'migrations', 'table')),
    migrationsSchema: text(nested(exported, 'migrations', 'schema')),
    tablesFilter: texts(key('tablesFilter')),
    schemaFilter: texts(key('schemaFilter')),
    breakpoints: flag(key('breakpoints')),
  }
}

/** The reading of a config of which nothing can be read. */
export function unreadableConfig(nothing: Unreadable): DrizzleConfigReading {
  return {
    dialect: nothing,
    driver: nothing,
    out: nothing,
    schema: nothing,
    casing: nothing,
    prefix: nothing,
    migrationsTable: nothing,
    migrationsSchema: nothing,
    tablesFilter: nothing,
    schemaFilter: nothing,
    breakpoints: nothing,
  }
}

/** Whether it says anything a drizzle config would say. */
export function saysAnything(reading: DrizzleConfigReading): boolean {
  return [reading.dialect, reading.driver, reading.out, reading.schema].some(
    ({ kind }) => kind === 'value',
  )
}

function nested(exported: ObjectValue, outer: string, inner: string): Value {
  const value = property(exported, outer)
  return value.kind === 'object' ? property(value, inner) : value
}

function text(value: Value): Reading<string> {
  if (value.kind === 'unreadable') return value
  if (value.kind !== 'literal') return unreadable('it is not a string')
  if (value.value === undefined || value.value === null) return { kind: 'absent' }
  if (typeof value.value !== 'string') return unreadable('it is not a string')
  return { kind: 'value', value: value.value }
}

function texts(value: Value): Reading<readonly string[]> {
  const found: string[] = []
  for (const item of value.kind === 'array' ? value.items : [value]) {
    const reading = text(item)
    if (reading.kind === 'unreadable') return reading
    if (reading.kind === 'value') found.push(reading.value)
  }
  return found.length > 0 ? { kind: 'value', value: found } : { kind: 'absent' }
}

function flag(value: Value): Reading<boolean> {
  if (value.kind === 'unreadable') return value
  if (value.kind !== 'literal') return unreadable('it is neither true nor false')
  if (value.value === undefined || value.value === null) return { kind: 'absent' }
  if (typeof value.value !== 'boolean') return unreadable('it is neither true nor false')
  return { kind: 'value', value: value.value }
}

function path(value: Value): Reading<ConfigPath> {
  const reading = text(value)
  if (reading.kind !== 'value') return reading
  const found = toConfigPath(reading.value)
  return found
    ? { kind: 'value', value: found }
    : unreadable(`\`${reading.value}\` is an absolute path`)
}

function paths(value: Value): Reading<readonly ConfigPath[]> {
  const found: ConfigPath[] = []
  for (const item of value.kind === 'array' ? value.items : [value]) {
    const reading = path(item)
    if (reading.kind === 'unreadable') return reading
    if (reading.kind === 'value') found.push(reading.value)
  }
  return found.length > 0 ? { kind: 'value', value: found } : { kind: 'absent' }
}
