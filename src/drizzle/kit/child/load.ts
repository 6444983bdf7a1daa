import Module, { createRequire } from 'node:module'
import { join, sep } from 'node:path'

/**
 * Lets `require` read TypeScript, the way the project's own drizzle-kit does: through tsx since
 * 0.31.10, through esbuild-register before.
 *
 * @param kit - folder of the installed drizzle-kit
 * @throws Error where neither is installed with it
 */
export function registerLoader(kit: string): void {
  const fromKit = createRequire(join(kit, 'package.json'))
  const { dependencies = {} } = fromKit('./package.json') as {
    dependencies?: Record<string, string>
  }
  if ('tsx' in dependencies) {
    ;(fromKit('tsx/cjs/api') as { register(): void }).register()
  } else {
    const { register } = fromKit('esbuild-register/dist/node') as {
      register(options: object): void
    }
    register({ format: 'cjs', loader: 'ts' })
    resolveJavaScriptNames()
  }
}

/**
 * Lets an import of `./users.js` find `users.ts`. esbuild-register does not, so whoever writes imports
 * that way starts such a drizzle-kit with tsx or bun.
 */
function resolveJavaScriptNames(): void {
  const loader = Module as unknown as {
    _resolveFilename(request: string, ...rest: unknown[]): string
  }
  const original = loader._resolveFilename
  loader._resolveFilename = function (request, ...rest) {
    try {
      return original.call(this, request, ...rest)
    } catch (error) {
      if (!/^\.{1,2}\/.*\.[mc]?jsx?$/.test(request)) throw error
      return original.call(this, request.replace(/js(x?)$/, 'ts$1'), ...rest)
    }
  }
}

/**
 * Everything the schema's files export. drizzle-kit's api takes one flat object: the keys are made
 * unique by their file, and what several files export (a barrel) counts once.
 *
 * @param files - absolute
 */
export function schemaExports(files: readonly string[]): Readonly<Record<string, unknown>> {
  const exported: Record<string, unknown> = {}
  const seen = new Set<unknown>()
  for (const file of files) {
    const module = createRequire(file)(file) as Readonly<Record<string, unknown>>
    for (const [name, value] of Object.entries(module)) {
      if (seen.has(value)) continue
      seen.add(value)
      exported[`${file}#${name}`] = value
    }
  }
  return exported
}

/**
 * The same as the first time but for what depends on when it is loaded: every file of the project is
 * run again, at another date.
 *
 * @param root - absolute path of the project's top folder
 * @param files - absolute
 */
export function schemaExportsAgain(
  root: string,
  files: readonly string[],
): Readonly<Record<string, unknown>> {
  const { cache } = createRequire(join(root, 'package.json'))
  for (const path of Object.keys(cache)) {
    if (path.startsWith(root + sep) && !path.includes(`${sep}node_modules${sep}`))
      delete cache[path]
  }
  const { Date: Now } = globalThis
  globalThis.Date = class extends Now {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [Now.now() + LATER] : given) as [number]))
    }
    static override now(): number {
      return Now.now() + LATER
    }
  } as DateConstructor
  try {
    return schemaExports(files)
  } finally {
    globalThis.Date = Now
  }
}

/** Another year, another month and another day. */
const LATER = (365 + 31 + 1) * 24 * 60 * 60 * 1000 + 1

/**
 * Runs a drizzle config.
 *
 * @param file - absolute
 * @returns what it exports; what JSON cannot hold is left out
 */
export function readConfig(file: string): unknown {
  const module = createRequire(file)(file) as Readonly<Record<string, unknown>>
  return JSON.parse(JSON.stringify(module['default'] ?? module)) as unknown
}
