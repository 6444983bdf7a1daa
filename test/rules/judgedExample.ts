import { migrationRules as rules } from '../../rules/index.ts'
import type { Engine } from '../../src/dialects/dialect.ts'
import type { Session } from '../../src/dialects/effects.ts'
import { judgeDeployment, replayDeployment } from '../../src/lint/judge.ts'
import { type DocumentedExample, filesOf } from './examples.ts'

/** The statements of what an example has deployed before. */
export function schemaOf({ example }: DocumentedExample): readonly string[] {
  return example.schema === '' ? [] : example.schema.split(/(?<=;)\n(?=CREATE)/)
}

/** The statements of an example, file after file. */
export function statementsOf({ example }: DocumentedExample): readonly string[] {
  return filesOf(example).flatMap((file) => file.split('--> statement-breakpoint\n'))
}

/** What every rule says of an example, `rule: message`. */
export function reportedBy(engine: Engine, session: Session) {
  const judgement = {
    engine,
    session,
    rules,
    active: rules.map((rule) => ({ rule, severity: null, options: {} })),
    acknowledged: [],
    smallTables: [],
    project: 'p',
  }
  return (documented: DocumentedExample): readonly string[] => {
    const text = schemaOf(documented).join('--> statement-breakpoint\n')
    const schema = text === '' ? [] : [{ name: 'schema', file: 'schema.sql', text }]
    const { after } = replayDeployment(judgement, engine.emptyCatalog, schema)
    const pending = filesOf(documented.example).map((sql, position) => ({
      name: `m${position}`,
      file: `m${position}.sql`,
      text: sql,
    }))
    return judgeDeployment(judgement, replayDeployment(judgement, after, pending))
      .findings.filter(({ suppressed }) => suppressed === undefined)
      .map(({ rule, message, help }) => `${rule}: ${message} ${help}`)
  }
}
