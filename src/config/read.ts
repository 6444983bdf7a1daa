import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { IrregularFile, readRegularFile } from '../disk/readRegularFile.ts'
import { ProblemError } from '../finding/problem.ts'
import { irregular } from './find.ts'
import { importModule } from './importModule.ts'
import { parseJson } from './json.ts'
import { dataOf } from '../static/data.ts'
import { defaultExport } from '../static/exported.ts'
import { loadModuleParser } from '../static/parser.ts'
import { isObject } from './shape.ts'

/**
 * Reads what a configuration file holds, by the cheapest way that can: JSON directly, JavaScript by
 * importing it, TypeScript by importing it where Node can. Where it cannot (Node 20), and where the
 * import fails because this package is not installed in the project, the file is read without
 * running it; what has to be run goes through the project's own jiti, if it has one.
 *
 * @param root - what `file` is relative to
 * @throws ProblemError where the file is missing, throws, or cannot be read by any of these ways
 */
export async function readConfigFile(root: string, file: string): Promise<unknown> {
  const path = join(root, file)
  const text = readText(path, file)
  const extension = extname(file)
  if (extension === '.json') return parseJson(text, file)
  const isTypeScript = extension === '.ts' || extension === '.mts' || extension === '.cts'
  let importError: unknown
  if (!isTypeScript || canRunTypeScript()) {
    try {
      return moduleValue(await importModule(path))
    } catch (error) {
      if (!isLoaderError(error, isTypeScript)) throw failedToLoad(file, error)
      importError = error
    }
  }
  const exported = defaultExport(await loadModuleParser(), text, file, 'certain')
  if ('isSyntaxFault' in exported) throw failedToLoad(file, exported.reason)
  const literal = dataOf(exported)
  if ('data' in literal) return literal.data
  const jiti = projectJiti(root)
  if (jiti === null) {
    throw importError ? failedToLoad(file, importError) : needsToRun(file, literal.reason)
  }
  try {
    const { createJiti } = (await importModule(jiti)) as JitiModule
    return moduleValue(await createJiti(path).import(path))
  } catch (error) {
    throw failedToLoad(file, error)
  }
}

function canRunTypeScript(): boolean {
  return 'typescript' in process.features && Boolean(process.features.typescript)
}

interface JitiModule {
  createJiti(from: string): { import(path: string): Promise<unknown> }
}

function readText(path: string, file: string): string {
  try {
    return readRegularFile(path).toString('utf8')
  } catch (error) {
    if (error instanceof IrregularFile) throw irregular(file, error)
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new ProblemError({
      message: `the configuration ${file} cannot be read (${code})`,
      file,
      help: 'Name an existing file with --config, or leave it out.',
    })
  }
}

/** The default export, also of a module that a compiler turned into CommonJS. */
function moduleValue(module: unknown): unknown {
  const value = isObject(module) && 'default' in module ? module.default : undefined
  return isObject(value) && value.__esModule === true && 'default' in value ? value.default : value
}

/** Errors that say nothing against the file itself, only against importing it here. */
function isLoaderError(error: unknown, isTypeScript: boolean): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_MODULE_NOT_FOUND') return / package 'migration-lint'/.test(message)
  const unsupported = code?.includes('TYPESCRIPT') || code === 'ERR_UNKNOWN_FILE_EXTENSION'
  return isTypeScript && (unsupported || code === 'ERR_MODULE_NOT_FOUND')
}

function projectJiti(root: string): string | null {
  try {
    return createRequire(join(root, 'package.json')).resolve('jiti')
  } catch {
    return null
  }
}

function failedToLoad(file: string, error: unknown): ProblemError {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n')
  return new ProblemError({
    message: `${file} cannot be loaded: ${reason}`,
    file,
    help: `Correct ${file}; it has to export the configuration as its default export.`,
  })
}

function needsToRun(file: string, unreadable: string): ProblemError {
  return new ProblemError({
    message:
      `${file} cannot be read without running it: ${unreadable}; ` +
      `and Node ${process.versions.node} cannot run TypeScript`,
    file,
    help: 'Write it as one literal object, rename it to .mjs, use Node 22.18 or later or add jiti.',
  })
}
