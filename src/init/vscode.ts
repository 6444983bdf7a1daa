import { isDeepStrictEqual } from 'node:util'
import { setJson, valueAt } from '../json/edit.ts'
import type { Step } from './step.ts'

const FILE = '.vscode/settings.json'

/** What the extension asks ESLint about by default; a setting replaces it. */
const LANGUAGES = [
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'html',
  'vue',
  'markdown',
  'json',
  'jsonc',
  'css',
]

const PROBE = ['eslint.probe']
const COMMENT = ['eslint.codeAction.disableRuleComment']

/** `//` is no comment in SQL. */
const BLOCK = { enable: true, location: 'separateLine', commentStyle: 'block' }

/** Settings of Visual Studio Code by which its extension for ESLint looks at SQL; on request. */
export const vscode: Step = {
  add({ files, options }) {
    if (!options.vscode) return
    const text = files.read(FILE) ?? '{}\n'
    const languages = valueAt(text, PROBE)
    let next = text
    if (!Array.isArray(languages)) next = setJson(next, PROBE, [...LANGUAGES, 'sql'])
    else if (!languages.includes('sql')) next = setJson(next, ['eslint.probe', -1], 'sql')
    if (valueAt(next, COMMENT) === undefined) next = setJson(next, COMMENT, BLOCK)
    if (next !== text) files.write(FILE, next, 'ESLint looks at SQL in the editor')
  },
  remove({ files }) {
    const text = files.read(FILE)
    if (text === null) return
    let next = text
    if (isDeepStrictEqual(valueAt(next, PROBE), [...LANGUAGES, 'sql'])) {
      next = setJson(next, PROBE, undefined)
      if (isDeepStrictEqual(valueAt(next, COMMENT), BLOCK)) next = setJson(next, COMMENT, undefined)
    }
    if (next === text) return
    const isEmpty = Object.keys(valueAt(next, []) as object).length === 0
    files.write(FILE, isEmpty ? null : next, 'no longer names SQL')
  },
}
