import { join } from 'node:path'
import { findKit, interfaceOf } from '../drizzle/kit/installation.ts'
import { folderOf } from '../drizzle/find/paths.ts'
import { isSkipped } from '../drizzle/find/scan.ts'
import type { Setup } from '../setup/setup.ts'
import { type Diagnosis, advice, broken, fine } from './diagnosis.ts'

/** Whether drizzle-kit is there and can be asked, and that it is one version everywhere. */
export function kitDiagnoses(setup: Setup): readonly Diagnosis[] {
  const found: Diagnosis[] = []
  for (const { name, config, families } of setup.projects) {
    if (config === null || !families.includes('sync')) continue
    const kit = findKit(join(setup.root, folderOf(config)))
    if (kit === null) {
      const fix = `${setup.manager} install`
      found.push(
        broken(
          'drizzle-kit',
          `${name}: drizzle-kit is not installed, so the schema is not compared`,
          fix,
        ),
      )
    } else if (interfaceOf(kit.version) === null) {
      const message = `${name}: drizzle-kit ${kit.version} cannot be asked; 0.24 to 0.31 and 1.0.0-rc.4 or later can`
      found.push(broken('drizzle-kit', message, `${add(setup)} drizzle-kit@latest`))
    } else {
      found.push(
        fine(
          'drizzle-kit',
          `${name}: drizzle-kit ${kit.version}, drizzle-orm ${kit.orm ?? 'not found'}`,
        ),
      )
    }
  }
  const versions = versionsIn(setup)
  if (versions.size > 1) {
    const list = [...versions].map(
      ([version, folder]) => `${version} in ${folder || 'the top folder'}`,
    )
    found.push(
      advice(
        'drizzle-kit',
        `there are ${versions.size} versions of drizzle-kit: ${list.join(', ')}`,
        'Give all packages the same version: they write different snapshots.',
      ),
    )
  }
  return found
}

/** Every version that a package of the repository would run, with one of those packages. */
function versionsIn({ root, tree }: Setup): ReadonlyMap<string, string> {
  const versions = new Map<string, string>()
  for (const { path } of tree.list('')) {
    if (!/(?:^|\/)package\.json$/.test(path) || isSkipped(path)) continue
    const text = tree.read(path)?.toString('utf8') ?? ''
    if (!text.includes('"drizzle-kit"')) continue
    const version = findKit(join(root, folderOf(path)))?.version
    if (version !== undefined && !versions.has(version)) versions.set(version, folderOf(path))
  }
  return versions
}

function add({ manager }: Setup): string {
  return { npm: 'npm install -D', pnpm: 'pnpm add -D', yarn: 'yarn add -D', bun: 'bun add -d' }[
    manager
  ]
}
