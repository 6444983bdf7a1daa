import { basename, extname } from 'node:path'
import type { Tree } from '../git/tree.ts'
import { dataOf } from '../static/data.ts'
import { defaultExport } from '../static/exported.ts'
import { loadModuleParser } from '../static/parser.ts'
import type { Config, ProjectConfig } from './config.ts'
import { PACKAGE_KEY } from './find.ts'
import { isObject } from './shape.ts'

/**
 * The projects that our configuration lists in another state of the repository, told from its text:
 * nothing of the past is run.
 *
 * @param file - of the configuration, relative to the root
 * @param now - the configuration that holds, which is the answer where the past cannot be told
 * @returns undefined where it lists none
 */
export async function projectsIn(
  tree: Tree,
  file: string,
  now: Config,
): Promise<readonly ProjectConfig[] | undefined> {
  const text = tree.read(file)?.toString('utf8')
  if (text === undefined) return undefined
  const value = await valueOf(text, file)
  if (!isObject(value)) return now.projects
  const config = basename(file) === 'package.json' ? value[PACKAGE_KEY] : value
  if (config === undefined) return undefined
  const projects = isObject(config) ? config['projects'] : null
  if (projects === undefined) return undefined
  return Array.isArray(projects) && projects.every(isObject)
    ? (projects as readonly ProjectConfig[])
    : now.projects
}

async function valueOf(text: string, file: string): Promise<unknown> {
  if (extname(file) === '.json') {
    try {
      return JSON.parse(text.replace(/^\uFEFF/, ''))
    } catch {
      return null
    }
  }
  const exported = defaultExport(await loadModuleParser(), text, file, 'certain')
  if ('isSyntaxFault' in exported) return null
  const literal = dataOf(exported)
  return 'data' in literal ? literal.data : null
}
