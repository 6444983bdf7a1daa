import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hazards } from '../rules/hazards/index.ts'
import { rules } from '../rules/index.ts'
import { schemaRules } from '../rules/schema/index.ts'
import { configSchema } from './config/validate.ts'
import { writeDocs } from './report/docsFolder.ts'
import { renderHazards } from './report/hazardDocs.ts'

const folder = fileURLToPath(new URL('../docs/rules', import.meta.url))
const changed = writeDocs(rules, folder, schemaRules)
const schemaFile = fileURLToPath(new URL('../schema.json', import.meta.url))
const schema = `${JSON.stringify(configSchema(rules), null, 2)}\n`
if (schema !== readFileSync(schemaFile, 'utf8')) {
  writeFileSync(schemaFile, schema)
  changed.push('schema.json')
}
console.log(changed.length === 0 ? 'docs/rules is up to date' : `written: ${changed.join(', ')}`)
writeFileSync(
  fileURLToPath(new URL('../docs/hazards.md', import.meta.url)),
  renderHazards(hazards, rules),
)
