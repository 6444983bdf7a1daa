import { builtinModules } from 'node:module'
import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import eslintPlugin from 'eslint-plugin-eslint-plugin'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

/** What every folder except `src/catalog` may know. */
const commonTypes = [
  './git/tree.ts',
  './problem.ts',
  './jsonRanges.ts',
  './lint/finding.ts',
  './config/config.ts',
  './keptCode.ts',
]

/**
 * One storey of the house: what a folder may import of our own code, besides itself.
 *
 * @param {string} folder - relative to the repository
 * @param {string[]} mayImport - relative to `src`
 * @param {string} message - the rule it breaks, in words
 */
const storey = (folder, mayImport, message) => {
  const itself = folder.startsWith('src/') ? [folder.replace(/^src\//, './')] : []
  return [
    { target: folder, from: './src', except: [...itself, ...mayImport], message },
    ...(folder === 'rules' ? [] : [{ target: folder, from: './rules', message }]),
  ]
}

/** The layers of the design, as zones of `import-x/no-restricted-paths`. */
const layers = [
  ...storey('src/catalog', [], 'catalog/ is the ground floor: it imports nothing of ours.'),
  ...['sql', 'drizzle', 'git', 'effects'].flatMap((folder) =>
    storey(
      `src/${folder}`,
      ['./catalog', './replaceFile.ts', ...commonTypes],
      `${folder}/ stands on catalog/ alone, not on its neighbours.`,
    ),
  ),
  ...storey(
    'src/eslint/schema',
    ['./catalog', './effects/postgres/comparable.ts'],
    'The reader of schema files stands on catalog/ alone.',
  ),
  ...storey(
    'rules',
    [
      './catalog',
      './lint/rule.ts',
      './lint/placedRule.ts',
      './lint/snapshotComparison.ts',
      './lint/history.ts',
      './lint/sync.ts',
      './effects/effects.ts',
      './lint/schemaRule.ts',
      './eslint/schema',
      './eslint/preview',
      './report/ruleUrl.ts',
      ...commonTypes,
    ],
    'A rule imports catalog/, the rule types, src/effects/effects.ts and the reader of schema files.',
  ),
  {
    target: ['src/!(eslint)/**', 'src/*.ts'],
    from: './src/eslint',
    message: 'The command line never loads ESLint: nothing imports eslint/.',
  },
  {
    target: ['rules', 'src/!(commands)/**', 'src/!(cli|docs).ts'],
    from: './src/commands',
    message: 'Nothing imports commands/ but cli.ts and docs.ts.',
  },
]

/** Built-in modules without their `node:` prefix. */
const bareBuiltins = builtinModules
  .filter((name) => !name.startsWith('node:'))
  .map((name) => ({ name, message: `Write node:${name}.` }))

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
        { name: 'simple-git', message: 'git/ is the only place that talks to git.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Only cli.ts exits.' },
      ],
    },
  },
  // A process of its own, in which the user's code may hold handles open.
  { files: ['src/drizzle/kit/child/**'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/git/**'], rules: { 'no-restricted-imports': ['error', ...bareBuiltins] } },
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
  const names = ['Buffer', 'URL', 'clearTimeout', 'console', 'performance', 'process', 'setTimeout']
  return Object.fromEntries(names.map((name) => [name, 'readonly']))
}
