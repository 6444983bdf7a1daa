// Types and lint in one process: what TypeScript finds out about the program, the rules of ESLint
// that need types would else find out again.
import { ESLint } from 'eslint'
import ts from 'typescript'
import { createProgram, formatted } from './declarations.mjs'

const program = createProgram()
const diagnostics = ts.getPreEmitDiagnostics(program)
if (diagnostics.length > 0) {
  console.log(formatted(ts.sortAndDeduplicateDiagnostics(diagnostics)))
  process.exitCode = 1
}

const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    // Has a tsconfig.json of its own.
    ignores: ['examples/**'],
    languageOptions: { parserOptions: { projectService: false, programs: [program] } },
  },
})
const results = await eslint.lintFiles('.')
if (results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0)) {
  const formatter = await eslint.loadFormatter()
  console.log(await formatter.format(results))
  process.exitCode = 1
}
