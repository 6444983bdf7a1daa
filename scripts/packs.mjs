import { readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

/** @typedef {import('esbuild').BuildResult<{ metafile: true; write: false }>} Split */
/** @typedef {import('esbuild').Metafile['outputs'][string]} Chunk */

/**
 * Puts what esbuild has split into few files, each a script whose value is an object of functions by
 * name: `src/cache/compiledCode.ts` runs them, with compiled code of their own. A commit hook pays for
 * every file that it opens, and for every function in it, called or not; so what it always needs is in
 * one file, and what it seldom needs in others: −6 % of a run (bench/README.md).
 *
 * @param {Split} split - ES modules
 * @param {Readonly<Record<string, readonly string[]>>} roots - by pack: the sources that belong to it
 *   with all they import, each imported dynamically, the program's first; what several packs need is
 *   in the first of them
 * @param {string} rest - the name of the pack for all that no root needs
 * @returns {ReadonlyMap<string, string>} texts by pack; the program is `<first pack>/0`
 */
export function packsOf(split, roots, rest) {
  refuseChanging(Object.keys(split.metafile.inputs))
  const chunks = new Map(
    Object.entries(split.metafile.outputs).map(([path, output]) => [nameOf(path), output]),
  )
  const [first = rest] = Object.keys(roots)
  const needing = new Map([...chunks.keys()].map((name) => [name, new Set([''])]))
  const rootsOf = (/** @type {string} */ pack) =>
    (roots[pack] ?? []).map((source) => chunkOf(chunks, source))
  for (const pack of Object.keys(roots)) {
    for (const root of rootsOf(pack)) mark(chunks, root, pack, needing, [])
  }
  const packs = new Map([[first, rootsOf(first).slice(0, 1)]])
  for (const [name, needed] of needing) {
    const [, only = rest, ...more] = needed
    const pack = more.length > 0 ? first : only
    packs.set(pack, [...new Set([...(packs.get(pack) ?? []), name])])
  }
  const ids = new Map(
    [...packs].flatMap(([pack, names]) => names.map((name, at) => [name, `${pack}/${at}`])),
  )
  const texts = new Map(split.outputFiles.map(({ path, text }) => [nameOf(path), text]))
  const textOf = (/** @type {string} */ name) =>
    `${JSON.stringify(ids.get(name))}${asMethod(texts.get(name) ?? '', ids)}`
  return new Map(
    [...packs].map(([pack, names]) => [
      pack,
      `"use strict";({${names.map(textOf).join(',\n')}})\n`,
    ]),
  )
}

/** @param {string} path */
function nameOf(path) {
  return `./${path.slice(path.lastIndexOf('/') + 1)}`
}

/**
 * @param {ReadonlyMap<string, Chunk>} chunks
 * @param {string} source
 */
function chunkOf(chunks, source) {
  const [found] = [...chunks].find(([, { entryPoint }]) => entryPoint?.endsWith(source)) ?? []
  if (found === undefined) throw new Error(`${source} is not imported dynamically any more`)
  return found
}

/**
 * Notes that a pack needs a chunk, with all that it imports statically.
 *
 * @param {ReadonlyMap<string, Chunk>} chunks
 * @param {string} name
 * @param {string} pack
 * @param {ReadonlyMap<string, Set<string>>} needing
 * @param {readonly string[]} importers
 */
function mark(chunks, name, pack, needing, importers) {
  // A method of a pack reads what it imports when it starts.
  if (importers.includes(name)) throw new Error(`chunks import each other: ${importers.join(' ')}`)
  if (needing.get(name)?.has(pack)) return
  needing.get(name)?.add(pack)
  for (const { path, kind, external } of chunks.get(name)?.imports ?? []) {
    if (!external && kind === 'import-statement')
      mark(chunks, nameOf(path), pack, needing, [...importers, name])
  }
}

/**
 * A method of a pack would not see a change of what it imports.
 *
 * @param {readonly string[]} sources
 */
function refuseChanging(sources) {
  for (const source of sources.filter((name) => name.endsWith('.ts'))) {
    if (/^export (?:let|var)\b/m.test(readFileSync(source, 'utf8')))
      throw new Error(`${source} exports a variable that may change`)
  }
}

/**
 * A module as a method that gets what it imports, and sets what it exports.
 *
 * @param {string} code
 * @param {ReadonlyMap<string, string>} ids
 */
function asMethod(code, ids) {
  const { program, module, errors } = parseSync('chunk.js', code, { sourceType: 'module' })
  if (errors[0]) throw new Error(errors[0].message)
  const idOf = (/** @type {string} */ name) => JSON.stringify(ids.get(name) ?? name)
  const { staticImports, staticExports, dynamicImports } = module
  const edits = [
    ...program.body.flatMap((node) => {
      const { type, start, end } = node
      if (type === 'ExportDefaultDeclaration')
        return [{ start, end: node.declaration.start, text: '__exports.default=' }]
      return /^(?:Import|Export).*Declaration$/.test(type) ? [{ start, end, text: '' }] : []
    }),
    ...dynamicImports.map(({ start, end, moduleRequest }) => {
      const request = code.slice(moduleRequest.start, moduleRequest.end)
      const [, name] = /^(["'])(.*)\1$/.exec(request)?.slice(1) ?? []
      return { start, end, text: `__import(${name === undefined ? request : idOf(name)})` }
    }),
  ].sort((a, b) => a.start - b.start)
  let body = ''
  let at = 0
  for (const { start, end, text } of edits) {
    body += code.slice(at, start) + text
    at = end
  }
  body += code.slice(at)
  const imports = staticImports.map(({ moduleRequest, entries }) => {
    const from = `__require(${idOf(moduleRequest.value)})`
    // The default of Node's modules, and of CommonJS packages, is all of them.
    const whole = entries.filter(({ importName }) => importName.kind !== 'Name')
    const named = entries.filter(({ importName }) => importName.kind === 'Name')
    const names = named.map(({ importName, localName }) => `${importName.name}:${localName.value}`)
    return [
      ...whole.map(({ localName }) => `const ${localName.value}=${from};`),
      names.length > 0 ? `const{${names.join()}}=${from};` : '',
      entries.length === 0 ? `${from};` : '',
    ].join('')
  })
  const exports = staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, importName, localName, moduleRequest }) => {
      if (localName.kind === 'Default') return []
      // What is imported from another chunk may be exported once more.
      const value =
        moduleRequest === null
          ? localName.name
          : `__require(${idOf(moduleRequest.value)}).${importName.name}`
      return `__exports.${exportName.name ?? 'default'}=${value};`
    }),
  )
  const parameters = '__exports,__require,__import,__moduleUrl,__dirname,__filename'
  return `(${parameters}){${imports.join('')}${body}\n${exports.join('')}}`
}
