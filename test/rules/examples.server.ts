import { describe, test } from 'vitest'
import { POSTGRES_VERSIONS, sharedServer } from '../servers/shared.ts'
import { examples } from './examples.ts'
import { expectAsTold, holdsOn } from './tracedExample.ts'

describe.each(POSTGRES_VERSIONS)(
  'on PostgreSQL %i an example does what its effects say',
  (version) => {
    const server = sharedServer(version)

    test.for(examples.filter(({ example }) => holdsOn(example, version)))(
      '$rule, $kind: $example.name',
      async ({ example }) => expectAsTold(await server(), example, version),
    )
  },
)
