import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rules } from '../../rules/index.ts'
import { configSchema, projectShapes } from '../../src/config/validate.ts'

type Schema = Record<string, any>

const schema = configSchema(rules) as Schema

it('the JSON schema that is shipped is the one that the configuration is checked by', () => {
  const shipped = readFileSync(join(import.meta.dirname, '../../schema.json'), 'utf8')
  expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(schema)))
})

it('it knows every setting and every rule, each with what it is for', () => {
  expect(Object.keys(schema.properties.rules.properties)).toEqual(rules.map(({ name }) => name))
  const project = schema.properties.projects.items
  expect(Object.keys(project.properties)).toEqual(Object.keys(projectShapes))
  const settings = {
    ...schema.properties,
    ...project.properties,
    ...schema.properties.rules.properties,
  }
  const silent = Object.entries<Schema>(settings).filter(
    ([, { description, properties }]) => !description && !properties,
  )
  expect(silent).toEqual([])
  expect(schema.properties.sync.anyOf[0]).toEqual({ const: 'off' })
})
