import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const root = path.join(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

/**
 * The sources of what package.json exports types of, relative to the repository.
 *
 * @type {string[]}
 */
export const ENTRIES = Object.values(manifest.exports)
  .flatMap(({ types }) => types ?? [])
  .map((/** @type {string} */ file) => file.replace('./dist/types/', '').replace(/\.d\.ts$/, '.ts'))

/**
 * The program that tsconfig.json describes.
 *
 * @param {string[]} [files] - only these and what they import; absolute or relative to the repository
 * @throws {Error} if tsconfig.json cannot be read
 */
export function createProgram(files) {
  const place = path.join(root, 'tsconfig.json')
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (/** @type {ts.Diagnostic} */ { messageText }) => {
      throw new Error(`${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
    },
  }
  const more = { noEmit: false, declaration: true, emitDeclarationOnly: true }
  const parsed = ts.getParsedCommandLineOfConfigFile(place, more, host)
  if (parsed === undefined) throw new Error(`${place} cannot be read`)
  const { options, fileNames, projectReferences, errors } = parsed
  return ts.createProgram({
    rootNames: files?.map((file) => path.resolve(root, file)) ?? fileNames,
    options,
    projectReferences,
    configFileParsingDiagnostics: errors,
    // ESLint asks nodes for their parents.
    host: ts.createCompilerHost(options, true),
  })
}

/**
 * The declarations that the entries of the package reach, and no others.
 *
 * @param {ts.Program} program - that holds the entries
 * @returns {Map<string, string>} by path relative to `dist`
 * @throws {Error} if one cannot be written as it stands
 */
export function declarations(program) {
  const reached = new Set(ENTRIES.map((file) => path.join(root, file)))
  /** @type {Map<string, string>} */
  const texts = new Map()
  for (const file of reached) {
    const text = declarationOf(program, file)
    texts.set(path.join('types', path.relative(root, file)).replace(/\.ts$/, '.d.ts'), text)
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) reached.add(path.join(path.dirname(file), fileName))
    }
  }
  return texts
}

/**
 * @param {ts.Program} program
 * @param {string} file - absolute
 */
function declarationOf(program, file) {
  const source = program.getSourceFile(file)
  if (source === undefined) throw new Error(`${file} is not a source file`)
  /** @type {string | null} */
  let declaration = null
  const { diagnostics } = program.emit(
    source,
    (_name, text) => (declaration = text),
    undefined,
    true,
  )
  if (declaration === null || diagnostics.length > 0) {
    throw new Error(`${file} has no declaration: ${formatted(diagnostics)}`)
  }
  return declaration
}

/**
 * What TypeScript found, as its command line shows it.
 *
 * @param {readonly ts.Diagnostic[]} diagnostics
 */
export function formatted(diagnostics) {
  const host = {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (/** @type {string} */ name) => name,
    getNewLine: () => '\n',
  }
  const format = process.stdout.isTTY
    ? ts.formatDiagnosticsWithColorAndContext
    : ts.formatDiagnostics
  return format(diagnostics, host)
}
