import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/**
 * Not the project's: a value made up for one of these would mislead libraries. Some are drizzle-kit's
 * own or of what is bundled with it.
 */
const NOT_OURS =
  /^(?:NODE_|npm_|CI$|CI_|GITHUB_|VERCEL|NETLIFY|DEBUG|NO_|FORCE_|TSX_|TS_NODE_|ESBUILD_|JITI_|BABEL_|DOTENV_|XDG_|WS_NO_|TEST_CONFIG_PATH_PREFIX$|TERM|COLORTERM|TMPDIR$|LIBC$|ARM_VERSION$|PREBUILDS_ONLY$|ELECTRON_|AWS_EXECUTION_ENV$|TF_BUILD$|AGENT_NAME$|TEAMCITY_)/

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
  watchEnvironment((name, value) => {
    const isOurs = /^[A-Z][A-Z0-9_]*$/.test(name) && !NOT_OURS.test(name)
    return value === undefined && isOurs ? PLACEHOLDER : value
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
