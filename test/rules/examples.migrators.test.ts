import { describe, test } from 'vitest'
import { migrators } from '../dialects/sqlite/migrators.ts'
import { sqliteExamples as examples } from './examples.ts'
import { agree } from './migrators.ts'

describe.for(migrators)('what $name does of an example is what is said', (migrator) => {
  test.for(examples)('$kind: $rule, $example.name', (documented) => agree(documented, migrator))
})
