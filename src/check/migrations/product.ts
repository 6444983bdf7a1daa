import type { Product } from '../../dialects/dialect.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { below } from '../../drizzle/migrations/layout.ts'
import type { Tree } from '../../git/tree.ts'
import { packageFolder } from './client.ts'

const COMPOSE = ['', 'docker-'].flatMap((prefix) =>
  ['', '.dev', '.local', '.override'].flatMap((part) => [
    `${prefix}compose${part}.yml`,
    `${prefix}compose${part}.yaml`,
  ]),
)

const IMAGE = /^\s*image:\s*["']?([^\s"'#]+)/gm

/** What of a project tells it. */
type OfProduct = Pick<Project, 'dialect' | 'mysql' | 'config' | 'out'>

/**
 * Which of several servers that speak a dialect a project has: by our configuration, by a service's own
 * driver, by the images of its compose files.
 *
 * @returns null where that is not told
 */
export function productOf(project: OfProduct, tree: Tree): string | null {
  const { products = [] } = dialectOf(project.dialect)
  if (project.mysql.product !== null || products.length === 0) return project.mysql.product
  const home = packageFolder(project, tree)
  const manifest = tree.read(below(home, 'package.json'))?.toString('utf8') ?? ''
  const isUsed = ({ packages }: Product) => packages.some((name) => manifest.includes(`"${name}"`))
  const service = products.find((product) => product.images === null && isUsed(product))
  if (service) return service.name
  const images = [...new Set([home, ''])].flatMap((folder) => imagesIn(folder, tree))
  const named = products.filter(({ images: of }) => of && images.some((image) => of.test(image)))
  if (named.length === 1) return named[0]?.name ?? null
  const used = products.filter(isUsed)
  return named.length === 0 && used.length === 1 ? (used[0]?.name ?? null) : null
}

/** What is not known of a product. */
export function productNotices(project: Project, name: string | null): readonly string[] {
  const { products = [] } = dialectOf(project.dialect)
  const notice = products.find((product) => product.name === name)?.notice
  return notice === undefined ? [] : [`${project.name}: ${notice}`]
}

/** Without the registry and its folders: `mariadb:11` of `docker.io/library/mariadb:11`. */
function imagesIn(folder: string, tree: Tree): readonly string[] {
  return COMPOSE.flatMap((name) => {
    const text = tree.read(below(folder, name))?.toString('utf8') ?? ''
    return [...text.matchAll(IMAGE)].map(([, image = '']) =>
      image.replace(/^(?:[\w-]+\.)+[\w-]+(?::\d+)?\//, '').replace(/^(?:library|bitnami)\//, ''),
    )
  })
}
