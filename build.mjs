// Bundles the command line and the library into dist/, in few files, because a pre-commit hook pays
// for every module it loads, with the declarations that the package exports.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build } from 'esbuild'
import { createProgram, declarations, ENTRIES } from './scripts/declarations.mjs'
import { packsOf } from './scripts/packs.mjs'
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

/** The starters, of the process and of its threads, which run the packs. */
const starter = {
  ...common,
  entryPoints: { cli: 'src/start.ts', thread: 'src/thread.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { BUILD_ID: JSON.stringify(buildId) },
}

/** What is imported dynamically in a hook, by the pack it belongs to. */
const PACKS = {
  main: [
    'src/cli.ts',
    'src/check/check.ts',
    'rules/index.ts',
    'src/config/load.ts',
    'src/report/pretty.ts',
  ],
  postgres: ['src/dialects/postgres/load.ts', 'libpg-query/wasm/libpg-query.js'],
  sqlite: ['src/dialects/sqlite/engine.ts'],
  mysql: ['src/dialects/mysql/engine.ts'],
}

/**
 * The command line, in packs (scripts/packs.mjs). What is imported from outside stays a dynamic import.
 */
const commandLine = {
  ...common,
  entryPoints: { main: 'src/cli.ts' },
  format: 'esm',
  splitting: true,
  define: {
    BUILD_ID: JSON.stringify(buildId),
    'import.meta.url': '__moduleUrl',
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
}

/** What runs the user's code, each in a process or thread of its own (src/drizzle/kit, src/verify). */
const children = {
  ...common,
  entryPoints: {
    evaluate: 'src/drizzle/kit/child/evaluate.ts',
    preload: 'src/drizzle/kit/child/preload.ts',
    pglite: 'src/verify/embedded/worker.ts',
    sqliteFile: 'src/verify/sqlite/child.ts',
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

const results = await Promise.all([
  build(starter),
  build(commandLine),
  build(children),
  build(library),
]).catch(() => process.exit(1)) // esbuild has said why

const foreign = results
  .flatMap((result) => Object.keys(result.metafile.inputs))
  .filter((file) => file.includes('node_modules/'))
const unexpected = foreign.filter((file) => !file.startsWith('parser-glue:'))
if (unexpected.length > 0) {
  throw new Error(`bundled by accident, neither ours nor external: ${unexpected.join(', ')}`)
}
const hasWarnings = results.some((result) => result.warnings.length > 0)
if (hasWarnings) process.exitCode = 1

const [, program, ...others] = results
const files = [results[0], ...others].flatMap((result) => result.outputFiles)
const packs = [...packsOf(program, PACKS, 'rest')].map(([pack, text]) => [`${pack}.cjs`, text])

const executable = ['cli.cjs']
const entries = [...executable, ...packs.map(([name]) => name), 'docs.js', 'eslint.js', 'index.js']
replaceFiles(
  dist,
  new Map([
    ...files.map(({ path: file, contents }) => [path.relative(dist, file), contents]),
    ...packs,
    ...declarations(createProgram(ENTRIES)),
  ]),
  { last: entries, executable },
)
if (!hasWarnings) keepStamp(buildId)
