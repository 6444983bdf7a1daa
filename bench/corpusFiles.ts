// Prints the absolute paths of the corpus's PostgreSQL migrations: node bench/start.mjs corpusFiles
import { join } from 'node:path'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'

for (const { root, migrations } of await corpusProjects(corpusFolder())) {
  for (const { file } of migrations) console.log(join(root, file))
}
