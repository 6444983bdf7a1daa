import { existsSync, mkdirSync, openAsBlob, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import {
  type DataDirectory,
  packDirectory,
  unpackDirectory,
} from '../src/verify/trace/dataDirectory.ts'
import { openPglite } from '../src/verify/trace/pglite.ts'

const modules = path.join(import.meta.dirname, '../node_modules')

/** Where the data directory of a PGlite that has just been started is kept, as a tarball. */
export async function pgliteImageFile(): Promise<string> {
  const manifest = path.join(modules, '@electric-sql/pglite/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const file = path.join(modules, `.cache/pglite-${version}.tar`)
  if (!existsSync(file)) {
    const database = await PGlite.create()
    const image = await database.dumpDataDir('none')
    await database.close()
    mkdirSync(path.dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, Buffer.from(await image.arrayBuffer()))
    renameSync(draft, file)
  }
  return file
}

/** The same, as `openPglite` takes it and, packed, as `verify` keeps it. */
export async function packedDirectory(): Promise<Buffer> {
  const file = `${(await pgliteImageFile()).replace(/\.tar$/, '')}.packed`
  if (!existsSync(file)) {
    const database = await openPglite()
    const packed = packDirectory(await database.dump())
    await database.close()
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, packed)
    renameSync(draft, file)
  }
  return readFileSync(file)
}

/** What an empty `openPglite` starts from. */
export async function dataDirectory(): Promise<DataDirectory> {
  return unpackDirectory(await packedDirectory())
}

/**
 * What an empty PGlite starts from: `PGlite.create({ loadDataDir })`. To make a data directory takes
 * five seconds of CPU, to load one takes one; so it is made once for all test files.
 */
export async function pgliteImage(): Promise<Blob> {
  return openAsBlob(await pgliteImageFile())
}
