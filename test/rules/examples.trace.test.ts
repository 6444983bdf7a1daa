import { describe, test } from 'vitest'
import { sharedPglite } from '../verify/trace/shared.ts'
import { examples } from './examples.ts'
import { expectAsTold, holdsOn } from './tracedExample.ts'

const pglite = sharedPglite()

/** What PGlite is. */
const VERSION = 18

describe('what an example does on PGlite is what its effects say', () => {
  test.for(examples.filter(({ example }) => holdsOn(example, VERSION)))(
    '$rule, $kind: $example.name',
    async ({ example }) => expectAsTold(await pglite(), example, VERSION),
  )
})
