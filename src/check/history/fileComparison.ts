import { blobId } from '../../drizzle/migrations/blobId.ts'
import { below } from '../../drizzle/migrations/layout.ts'
import { folderOf } from '../../drizzle/find/paths.ts'
import type { Tree } from '../../git/tree.ts'

/** Compares the files of a migrations folder with those of the deployed one. */
export class FileComparison {
  readonly here: Tree
  readonly there: Tree | null
  private readonly folder: string
  private readonly folderThere: string
  private readonly answers = new Map<string, boolean>()
  private readonly blobs = new Map<Tree, Map<string, ReadonlyMap<string, string | undefined>>>()

  /**
   * @param folder - the migrations folder in `here`
   * @param there - what is deployed; null where nothing is known of that: then all is new
   * @param folderThere - the same folder there, should it have been moved
   */
  constructor(here: Tree, folder: string, there: Tree | null, folderThere: string) {
    this.here = here
    this.folder = folder
    this.there = there
    this.folderThere = folderThere
  }

  /** Whether a file of `here` is not, byte by byte, what is deployed. */
  isChanged(path: string): boolean {
    const { there } = this
    if (there === null) return true
    const known = this.answers.get(path)
    if (known !== undefined) return known
    const answer = !this.isSame(path, there)
    this.answers.set(path, answer)
    return answer
  }

  private isSame(path: string, there: Tree): boolean {
    const isInside = this.folder === '' || path.startsWith(`${this.folder}/`)
    const inside = path.slice(this.folder === '' ? 0 : this.folder.length + 1)
    const pathThere = isInside ? below(this.folderThere, inside) : path
    const wanted = this.blobOf(there, isInside ? this.folderThere : folderOf(pathThere), pathThere)
    if (wanted === undefined) return false
    const own = this.blobOf(this.here, isInside ? this.folder : folderOf(path), path)
    if (own !== undefined) return own === wanted
    const content = this.here.read(path)
    return content !== undefined && blobId(content, wanted) === wanted
  }

  private blobOf(tree: Tree, folder: string, path: string): string | undefined {
    const lists = this.blobs.get(tree) ?? new Map<string, ReadonlyMap<string, string | undefined>>()
    this.blobs.set(tree, lists)
    let list = lists.get(folder)
    if (!list) {
      list = new Map(tree.list(folder).map((file) => [file.path, file.blob]))
      lists.set(folder, list)
    }
    return list.get(path)
  }
}
