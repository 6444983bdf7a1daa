import { readJsonConfig } from '../find/readConfig.ts'
import { ambiguitiesOf } from './ambiguity.ts'
import { childFile, inChild } from './childProcess.ts'
import { failure } from './failure.ts'
import type { Question, Reply } from './question.ts'
import type { ChildEnvironment, KitAnswer } from './request.ts'
import { inTurn } from './tries.ts'
import { differencesBetween } from './schemaDifference.ts'
import { writeOverlay } from './workplace.ts'
import { askGenerate } from './askGenerate.ts'

/** Compares a schema with its newest snapshot through the functions of drizzle-kit 0.x. */
export async function askApi(question: Question): Promise<Reply> {
  const { reply } = await inTurn(question, (environment) => attempt(question, environment))
  // Its functions import every dialect of drizzle-orm, its command line only the one it needs.
  return reply.kind === 'unanswered' && reply.withoutFunctions ? askGenerate(question) : reply
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
          return answer.withoutFunctions
            ? { ...failure(question, ended, answer), withoutFunctions: true, mayRetry: false }
            : failure(question, ended, answer)
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
