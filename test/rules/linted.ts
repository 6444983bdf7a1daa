import { migrationRules as rules } from '../../rules/index.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Config } from '../../src/config/config.ts'
import type { Session } from '../../src/dialects/effects.ts'
import type { Finding } from '../../src/finding/finding.ts'
import { judgeDeployment } from '../../src/lint/judge.ts'
import { activeRules } from '../../src/lint/settings.ts'
import { engine, replay } from '../dialects/postgres/effects/model.ts'

/** What turns a rule on that only the preset strict has; nothing for any other. */
export function turningOn(name: string): Pick<Config, 'rules'> {
  const isStrict = rules.some((rule) => rule.name === name && rule.meta.preset === 'strict')
  return isStrict ? { rules: { [name]: 'warn' } } : {}
}

/** A deployment of these migrations on top of a catalog, judged by every rule there is. */
export function lint(
  session: Session,
  deployed: Catalog,
  migrations: readonly string[],
  config: Pick<Config, 'preset' | 'rules'> = {},
): readonly Finding[] {
  const judgement = {
    engine,
    session,
    rules,
    active: activeRules(rules, config),
    acknowledged: [],
    smallTables: [],
    project: 'test',
  }
  return judgeDeployment(judgement, replay(session, deployed, migrations)).findings
}
