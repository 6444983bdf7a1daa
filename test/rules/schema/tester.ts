import { RuleTester } from 'eslint'
import * as parser from '@typescript-eslint/parser'
import { describe, it } from 'vitest'

RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only

/** ESLint's tester as our users' set-up reads schema files. */
export const tester = new RuleTester({ languageOptions: { parser } })
