import { pathToFileURL } from 'node:url'

/**
 * Imports a module of the project. Node's advice to add `"type": "module"` to package.json is
 * dropped: many applications cannot follow it, and a hook would repeat it at every commit.
 *
 * @param path - absolute
 */
export async function importModule(path: string): Promise<unknown> {
  const { emitWarning } = process
  process.emitWarning = ((warning: string | Error, ...rest: [{ code?: string }?]) => {
    const [options] = rest
    if (options?.code === 'MODULE_TYPELESS_PACKAGE_JSON') return
    Reflect.apply(emitWarning, process, [warning, ...rest])
  }) as typeof emitWarning
  try {
    return await import(pathToFileURL(path).href)
  } finally {
    process.emitWarning = emitWarning
  }
}
