import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, describe, expect, it } from 'vitest'
import plugin from '../../src/eslint.ts'
import { isObject } from '../../src/config/shape.ts'
import { createFolder } from '../git/repository.ts'

const page = readFileSync(path.join(import.meta.dirname, '../../docs/eslint.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(/```(\w+)\n([^]*?)\n```/g)].flatMap(([, name, text]) =>
    name === language ? [text!] : [],
  )

const folder = createFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A rule that crashes on SQL, as some for JavaScript do. */
const ONLY_FOR_CODE = {
  plugins: {
    code: { rules: { crash: { create: ({ sourceCode }: any) => sourceCode.ast.tokens.length } } },
  },
  rules: { 'code/crash': 'error' },
}

describe('docs/eslint.md', () => {
  it.each(blocks('js').map((text, at) => [at, text]))(
    'shows a configuration that works: %i',
    async (at, text) => {
      // What is imported is what is tested here, not what happens to be built.
      const globals = globalThis as Record<string, unknown>
      Object.assign(globals, {
        testedPlugin: plugin,
        testedDefine: (configs: unknown) => configs,
        testedOther: { configs: { 'flat/recommended': ONLY_FOR_CODE } },
      })
      const own = text
        .replace(
          `import migrationLint from 'migration-lint/eslint'`,
          'const migrationLint = globalThis.testedPlugin',
        )
        .replace(`import jsdoc from 'eslint-plugin-jsdoc'`, 'const jsdoc = globalThis.testedOther')
        .replace(
          `import { defineConfig } from 'eslint/config'`,
          'const defineConfig = globalThis.testedDefine',
        )
      writeFileSync(path.join(folder, `${at}.mjs`), own)
      const eslint = new ESLint({ cwd: folder, overrideConfigFile: `${at}.mjs` })
      const filePath = own.includes('db/out') ? 'db/out/a.sql' : 'drizzle/a.sql'
      const [result] = await eslint.lintText('DROP TABLE a;', { filePath })
      expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual(['migration-lint/drop-table'])
    },
  )

  it('has settings for VS Code and oxlint that are JSON, and names every preset', () => {
    expect(blocks('json').map((text) => isObject(JSON.parse(text)))).toEqual([true, true])
    for (const name of Object.keys(plugin.configs)) expect(page).toContain(`| \`${name}\` |`)
  })
})
