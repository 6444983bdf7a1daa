import { builtinModules } from 'node:module'
import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import eslintPlugin from 'eslint-plugin-eslint-plugin'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

/**
 * The house, from the ground up. A folder of `src/` may import itself and what stands in a storey
 * below, never a neighbour in its own storey or anything above. `rules` are the rules; what enters
 * from outside (cli.ts, eslint.ts, index.ts) may use everything.
 */
export const storeys = [
  ['finding', 'catalog', 'disk'],
  ['cache', 'json', 'static'],
  ['git', 'dialects'],
  ['config', 'schema'],
  ['drizzle', 'lint', 'verify'],
  ['check', 'setup'],
  ['editor', 'report'],
  ['preview', 'eslint', 'init', 'doctor'],
  ['rules'],
  ['commands', 'api'],
]

const filesOf = (folder) => (folder === 'rules' ? './rules/**' : `./src/${folder}/**`)

/** The storeys as zones of `import-x/no-restricted-paths`: for each folder, what it may not import. */
const layers = storeys
  .flatMap((storey, height) =>
    storey.map((folder) => {
      const neighbours = storey.filter((other) => other !== folder)
      const above = [...neighbours, ...storeys.slice(height + 1).flat()]
      return {
        target: filesOf(folder),
        from: [...above.map(filesOf), './src/*.ts'],
        message: `${folder}/ stands below it or beside it: see the storeys in eslint.config.js.`,
      }
    }),
  )
  .concat([
    {
      target: './rules/**',
      from: ['git', 'drizzle', 'dialects/postgres', 'editor'].map(filesOf),
      message: 'A rule is handed what it judges: it reads neither git, files nor SQL.',
    },
    {
      target: './src/lint/**',
      from: ['git', 'dialects/postgres'].map(filesOf),
      message: 'lint/ knows neither git nor a dialect by name.',
    },
  ])

/** Built-in modules without their `node:` prefix. */
const bareBuiltins = builtinModules
  .filter((name) => !name.startsWith('node:'))
  .map((name) => ({ name, message: `Write node:${name}.` }))

/** On Windows it answers with backslashes, and nobody there may have tried. */
const backslashes = {
  name: 'node:path',
  importNames: ['relative', 'default'],
  message: 'Paths are told by relativePath (src/finding/relativePath.ts).',
}

export default defineConfig(
  globalIgnores([
    'dist',
    'coverage',
    'test/fixtures',
    'bench/cache',
    'examples/**/node_modules',
    'packages/*/*.d.ts',
  ]),
  js.configs.recommended,
  {
    languageOptions: { globals: nodeGlobals() },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs'] })],
    },
    rules: {
      'import-x/no-duplicates': 'error',
      // Also of types: what is imported must be in package.json.
      'import-x/no-extraneous-dependencies': ['error', { includeTypes: true }],
      'import-x/no-self-import': 'error',
      'no-restricted-imports': ['error', ...bareBuiltins],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: layers }],
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        ...bareBuiltins,
        backslashes,
        { name: 'simple-git', message: 'git/ is the only place that talks to git.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Only cli.ts exits.' },
      ],
    },
  },
  { files: ['src/finding/relativePath.ts'], rules: { 'no-restricted-imports': 'off' } },
  // A process of its own, in which the user's code may hold handles open.
  {
    files: ['src/drizzle/kit/child/**', 'src/verify/sqlite/child.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/git/**'],
    rules: { 'no-restricted-imports': ['error', ...bareBuiltins, backslashes] },
  },
  {
    files: ['rules/schema/**/*.ts', 'src/eslint/**/*.ts'],
    extends: [eslintPlugin.configs['rules-recommended']],
    rules: {
      'eslint-plugin/no-incomplete-meta-schema': 'error',
      'eslint-plugin/no-incorrect-meta-schema': 'error',
      'eslint-plugin/prefer-placeholders': 'error',
      'eslint-plugin/require-meta-docs-description': 'error',
      'eslint-plugin/require-meta-docs-recommended': ['error', { allowNonBoolean: true }],
      'eslint-plugin/require-meta-docs-url': 'error',
      'eslint-plugin/require-meta-languages': 'error',
    },
  },
  {
    files: ['src/cli.ts', 'src/docs.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/rules/schema/**/*.ts', 'test/eslint/**/*.ts'],
    extends: [eslintPlugin.configs['tests-recommended']],
    rules: { 'eslint-plugin/unique-test-case-names': 'error' },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)

/** The globals of Node that our plain JavaScript files use; TypeScript checks its own. */
function nodeGlobals() {
  const names = [
    'Buffer',
    'URL',
    'clearTimeout',
    'console',
    'fetch',
    'performance',
    'process',
    'setTimeout',
  ]
  return Object.fromEntries(names.map((name) => [name, 'readonly']))
}
