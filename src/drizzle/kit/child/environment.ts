import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** Not the project's: a value made up for one of these would mislead libraries. */
const NOT_OURS = /^(?:NODE_|npm_|CI$|CI_|GITHUB_|VERCEL|NETLIFY|DEBUG|NO_|FORCE_|TSX_|ESBUILD_|JITI_)/

/** Passes for a connection string, an address and any text that must not be empty. */
const PLACEHOLDER = 'postgres://placeholder:placeholder@localhost:5432/placeholder'

/** Loads `.env` of a folder as drizzle-kit does: what is set already stays. */
export function loadDotEnv(folder: string): void {
  let text: string
  try {
    text = readFileSync(join(folder, '.env'), 'utf8')
  } catch {
    return
  }
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (value !== undefined) process.env[name] ??= value
  }
}

/**
 * Gives every unset variable with a conventional name a value. Most configs and schemas that throw
 * do so for want of a connection string which comparing a schema never uses.
 */
export function installPlaceholders(): void {
  const proxy = new Proxy(process.env, {
    get(target, name, receiver): unknown {
      const value: unknown = Reflect.get(target, name, receiver)
      if (value !== undefined || typeof name !== 'string') return value
      return /^[A-Z][A-Z0-9_]*$/.test(name) && !NOT_OURS.test(name) ? PLACEHOLDER : undefined
    },
  })
  Object.defineProperty(process, 'env', { value: proxy, configurable: true, writable: true })
}
