import type { Dialect } from '../dialect.ts'
import { mysql } from '../mysql/dialect.ts'

/** SingleStore, which speaks much of MySQL. Its SQL is not judged yet. */
export const singlestore: Dialect = {
  ...mysql,
  name: 'singlestore',
  drivers: [],
  base: 'singlestore',
  clients: [],
  words: { ...mysql.words, server: 'SingleStore' },
  snapshotVersions: { journal: 1, candidates: null, folders: 2 },
  sql: null,
}
