import { status } from '../../../src/commands/status.ts'
import { painter } from '../../../src/report/paint.ts'
import { isolatedEnvironment } from '../../git/repository.ts'

/** What `status --format json` tells in a project. */
export async function told(
  cwd: string,
  url: string,
  more: { sizes?: boolean; save?: boolean } = {},
) {
  const options = {
    cwd,
    selection: { kind: 'all' },
    projects: [],
    only: ['migration'],
    config: null,
    env: isolatedEnvironment(),
  } as const
  const settings = { url, sizes: false, save: false, json: true, ...more }
  const { text, code } = await status(options, settings, painter(false))
  const json = JSON.parse(text) as {
    server: string
    table: string
    migrations: { name: string; state: string }[]
    tables?: unknown
  }
  return { ...json, code, states: json.migrations.map(({ name, state }) => `${name} ${state}`) }
}
