import { readJsonConfig } from '../find/readConfig.ts'
import { ambiguitiesOf } from './ambiguity.ts'
import { type Workplace, childFile, inChild } from './childProcess.ts'
import { failure } from './failure.ts'
import type { Question, Reply } from './question.ts'
import type { ChildEnvironment, KitAnswer, KitRequest } from './request.ts'
import { inTurn } from './tries.ts'
import { differencesBetween } from './schemaDifference.ts'

/** Compares a schema with its newest snapshot through the functions of drizzle-kit 0.x. */
export async function askApi(question: Question): Promise<Reply> {
  const { reply } = await inTurn(question, (environment) => attempt(question, environment))
  return reply
}

function attempt(question: Question, environment: ChildEnvironment): Promise<Reply> {
  const { root, cwd, dialect, kit, config, files, casing, previous } = question
  return inChild<Reply>(
    (place) => ({
      request: {
        root,
        cwd,
        overlay: writeOverlay(place, question),
        environment,
        evaluation: { dialect, kit, config, files, casing, previous },
      },
      args: [childFile('evaluate')],
    }),
    (ended) => {
      const text = ended.file('answer.json')
      const answer = text === null ? null : (JSON.parse(text) as KitAnswer)
      if (answer === null || ended.trace === null) return failure(question, ended, null)
      const { trace } = ended
      switch (answer.status) {
        case 'error':
          return failure(question, ended, answer)
        case 'config':
          return { kind: 'config', reading: readJsonConfig(answer.config, root), trace }
        case 'ok': {
          const { current, statements, unsteady } = answer
          // drizzle-kit passes over what it does not track; so must we.
          const differences =
            statements.length === 0 ? [] : differencesBetween(previous ?? {}, current)
          return {
            kind: 'compared',
            differences,
            ambiguous: ambiguitiesOf(differences),
            sql: statements,
            unsteady,
            current,
            trace,
          }
        }
      }
    },
    question.patience,
  )
}

/** Puts the contents that are not on disk where a child finds them. */
export function writeOverlay(place: Workplace, { overlay }: Question): KitRequest['overlay'] {
  return Object.fromEntries(
    [...overlay].map(([path, content], i) => [
      path,
      content && place.write(`overlay-${i}`, content),
    ]),
  )
}
