import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { PLACEHOLDER, isProjectVariable } from '../placeholder.ts'

/** Loads an env file as drizzle-kit does with `.env`: what is set already stays. */
export function loadEnvFile(file: string): void {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
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
  watchEnvironment((name, value) => {
    return value === undefined && isProjectVariable(name) ? PLACEHOLDER : value
  })
}

/**
 * Puts a reader between a process and its environment.
 *
 * @param read - is told which variable is asked for and what it holds, and answers what is seen
 */
export function watchEnvironment(
  read: (name: string, value: string | undefined) => string | undefined,
): void {
  const proxy = new Proxy(process.env, {
    get: (target, name): unknown =>
      typeof name === 'string' && !Object.hasOwn(Object.prototype, name)
        ? read(name, target[name])
        : Reflect.get(target, name),
    has: (target, name) =>
      typeof name === 'string' ? read(name, target[name]) !== undefined : Reflect.has(target, name),
    // The environment takes no other descriptors than its own assignment makes.
    set: (target, name: string, value: string) => {
      target[name] = value
      return true
    },
  })
  Object.defineProperty(process, 'env', { value: proxy, configurable: true, writable: true })
}
