// Bundles the command line and the library into dist/, in few files, because a pre-commit hook pays
// for every module it loads, with the declarations that the package exports.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build } from 'esbuild'
import { createProgram, declarations, ENTRIES } from './scripts/declarations.mjs'
import { replaceFiles } from './scripts/replaceFiles.mjs'
import { keepStamp, sourceHash } from './scripts/sources.mjs'

const root = import.meta.dirname
const dist = path.join(root, 'dist')

/** Resolved at run time: dependencies with a native or wasm part or lazily used, optional peers. */
const external = [
  '@eslint/plugin-kit',
  'libpg-query',
  'oxc-parser',
  'simple-git',
  '@electric-sql/pglite',
  'drizzle-kit',
  'eslint',
  'jiti',
  'picomatch',
  '@clack/prompts',
  'jsonc-parser',
  'nypm',
  'yaml',
]

/**
 * The one foreign file that is bundled: the glue around the PostgreSQL parser's wasm. CommonJS, it
 * asks for `require` and `__dirname`, which a module does not have.
 */
const parserGlue = {
  name: 'parser-glue',
  setup({ onLoad, onResolve }) {
    const specifier = 'libpg-query/wasm/libpg-query.js'
    const file = createRequire(import.meta.url).resolve(specifier)
    onResolve({ filter: /^libpg-query\/wasm\/libpg-query\.js$/ }, () => ({
      path: file,
      namespace: 'parser-glue',
    }))
    onLoad({ filter: /.*/, namespace: 'parser-glue' }, async () => ({
      // Its one use of node:crypto is never reached, and loading it takes 5 ms.
      contents: `const require = (name) => process.getBuiltinModule(name)
        const __dirname = import.meta.dirname, __filename = import.meta.filename
        const module = { exports: {} }, exports = module.exports
        ${await readFile(file, 'utf8')}
        export default module.exports`,
      resolveDir: path.dirname(file),
    }))
  },
}

/** Tells builds apart, so that what one build has cached is not taken for the answer of another. */
const buildId = sourceHash()

const common = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external,
  plugins: [parserGlue],
  minifyWhitespace: true,
  minifySyntax: true,
  minifyIdentifiers: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
}

/**
 * The command line is one CommonJS file and a starter: on Node 20 that starts 25 ms sooner than the
 * same code as ES modules (bench/README.md). What is imported from outside stays a dynamic import.
 */
const commandLine = {
  ...common,
  entryPoints: { cli: 'src/start.ts', main: 'src/cli.ts', thread: 'src/thread.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': true },
  define: {
    BUILD_ID: JSON.stringify(buildId),
    'import.meta.url': '__moduleUrl',
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
  banner: {
    js: `const __moduleUrl = require('node:url').pathToFileURL(__filename).href
const __import = typeof __hostImport === 'undefined' ? (specifier) => import(specifier) : __hostImport`,
  },
}

/** What runs the user's code, each in a process or thread of its own (src/drizzle/kit, src/verify). */
const children = {
  ...common,
  entryPoints: {
    evaluate: 'src/drizzle/kit/child/evaluate.ts',
    preload: 'src/drizzle/kit/child/preload.ts',
    pglite: 'src/verify/embedded/worker.ts',
  },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
}

const library = {
  ...common,
  entryPoints: { index: 'src/index.ts', docs: 'src/docs.ts', eslint: 'src/eslint.ts' },
  format: 'esm',
  splitting: true,
  define: { BUILD_ID: JSON.stringify(buildId) },
}

const results = await Promise.all([build(commandLine), build(children), build(library)]).catch(() =>
  process.exit(1),
) // esbuild has said why

const foreign = results
  .flatMap((result) => Object.keys(result.metafile.inputs))
  .filter((file) => file.includes('node_modules/'))
const unexpected = foreign.filter((file) => !file.startsWith('parser-glue:'))
if (unexpected.length > 0) {
  throw new Error(`bundled by accident, neither ours nor external: ${unexpected.join(', ')}`)
}
const hasWarnings = results.some((result) => result.warnings.length > 0)
if (hasWarnings) process.exitCode = 1

const outputFiles = results.flatMap((result) => result.outputFiles).map(throughHost)

/**
 * A script that V8 ran from cached code cannot import: the program asks its host (compiledCode.ts).
 * The banner's own import stays; `.import(` is a method.
 */
function throughHost(file) {
  if (path.basename(file.path) !== 'main.cjs') return file
  const own = file.text.indexOf('\n', file.text.indexOf('__hostImport'))
  const [banner, rest] = [file.text.slice(0, own), file.text.slice(own)]
  return { ...file, contents: banner + rest.replaceAll(/(?<![.\w])import\(/g, '__import(') }
}

const executable = ['cli.cjs']
const entries = [...executable, 'main.cjs', 'docs.js', 'eslint.js', 'index.js']
replaceFiles(
  dist,
  new Map([
    ...outputFiles.map(({ path: file, contents }) => [path.relative(dist, file), contents]),
    ...declarations(createProgram(ENTRIES)),
  ]),
  { last: entries, executable },
)
if (!hasWarnings) keepStamp(buildId)
