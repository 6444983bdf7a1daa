import type { QualifiedName } from './names.ts'

/** A relation a view reads, and the columns of it that are named; null where it reads all (`*`). */
export interface ViewSource {
  readonly relation: QualifiedName
  readonly columns: readonly string[] | null
}
