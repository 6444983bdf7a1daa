import { ownCommand } from '../finding/ownCommand.ts'
import { below } from '../drizzle/migrations/layout.ts'
import { pushScripts, pushesInScripts, pushesInWorkflow } from '../drizzle/find/push.ts'
import { isSkipped } from '../drizzle/find/scan.ts'
import { findCi } from '../setup/ci.ts'
import { importsOf } from '../setup/importsOf.ts'
import { shellWord } from '../finding/shellWord.ts'
import type { Setup } from '../setup/setup.ts'
import { type Diagnosis, advice, broken, fine } from './diagnosis.ts'

/** Whether CI runs migration-lint. */
export function ciDiagnoses({ tree, ask }: Setup): readonly Diagnosis[] {
  const { running, name } = findCi(tree, ask)
  if (running.length > 0) return [fine('CI', `${running.join(', ')} runs migration-lint`)]
  const what = name === '' ? 'no CI runs migration-lint' : `${name} does not run migration-lint`
  return [
    advice(
      'CI',
      `${what}: nothing stops a commit that skips the hooks`,
      ownCommand(process.cwd(), 'init'),
    ),
  ]
}

/** Whether git would take the files that drizzle-kit writes. */
export function ignoredDiagnoses({ projects, ask }: Setup): readonly Diagnosis[] {
  return projects.flatMap(({ name, out }) => {
    const written = ['0000_new.sql', 'meta/_journal.json', 'meta/0000_snapshot.json'].map((file) =>
      below(out, file),
    )
    const ignored = ask('check-ignore', '--verbose', '--no-index', '--', ...written)
    if (ignored === null) return []
    const [first = ''] = ignored.split('\n')
    const [source = '', path = ''] = first.split('\t')
    return [
      broken(
        'migrations',
        `${name}: git ignores ${path} (${source})`,
        `Take that pattern out of ${source.split(':')[0]}, then: git add ${shellWord(out || '.')}`,
      ),
    ]
  })
}

const EXAMPLE = /example|sample|template|dist|default|schema|\.test$|\.ci$|vault/i

/** A database in the developer's own hands. */
const HARMLESS =
  /localhost|127\.0\.0\.1|host\.docker\.internal|placeholder|example|changeme|<|\$\{|@(?:db|postgres|database|mysql)[:/]/i

/** Files of variables in git that hold the URL of a database elsewhere. Values are never shown. */
export async function secretDiagnoses({
  tree,
  projects,
  ask,
}: Setup): Promise<readonly Diagnosis[]> {
  const names = new Set<string>()
  for (const { config, otherConfigs } of projects) {
    for (const path of [config, ...otherConfigs]) {
      const text = path === null ? undefined : tree.read(path)?.toString('utf8')
      if (path === null || text === undefined || path.endsWith('.json')) continue
      for (const name of (await importsOf(path, text)).variables) names.add(name)
    }
  }
  const tracked = (ask('ls-files') ?? '')
    .split('\n')
    .filter((path) => /(?:^|\/)\.env(?:\.[^/]*)?$/.test(path))
  return tracked
    .filter((path) => !EXAMPLE.test(path))
    .flatMap((path) => {
      const text = tree.read(path)?.toString('utf8') ?? ''
      const held = [...text.matchAll(/^\s*(?:export\s+)?(\w+)\s*=\s*(.*)$/gm)]
        .filter(
          ([, name = '', value = '']) =>
            names.has(name) && /:\/\/[^\s:/@]+:[^\s@]+@/.test(value) && !HARMLESS.test(value),
        )
        .map(([, name]) => name!)
      if (held.length === 0) return []
      const file = shellWord(path)
      return [
        advice(
          'secrets',
          `${path} is in git and holds ${held.join(', ')}, which the drizzle config reads`,
          `git rm --cached ${file} && echo ${file} >> .gitignore, and change the password: history keeps it`,
        ),
      ]
    })
}

/** Deployments that change the database without migrations. */
export function pushDiagnoses({ tree }: Setup): readonly Diagnosis[] {
  const paths = tree.list('').map(({ path }) => path)
  const text = (path: string) => tree.read(path)?.toString('utf8') ?? ''
  const packages = paths.filter((path) => /(?:^|\/)package\.json$/.test(path) && !isSkipped(path))
  const scripts = new Set(packages.flatMap((path) => pushScripts(text(path))))
  const workflows = paths.filter((path) =>
    /^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.ya?ml$/.test(path),
  )
  const pushes = [
    ...packages.flatMap((path) => pushesInScripts(text(path)).map((push) => ({ path, push }))),
    ...workflows.flatMap((path) =>
      pushesInWorkflow(text(path), path, scripts).map((push) => ({ path, push })),
    ),
  ]
  return pushes.map(({ path, push }) =>
    advice(
      'deployment',
      `${path} runs ${push.command} in ${push.where}: nothing checks migrations on that path`,
      'Apply migrations there instead: drizzle-kit migrate',
    ),
  )
}
