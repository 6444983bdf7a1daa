import { describe, expect, it } from 'vitest'
import { pathspecsOf } from '../../src/git/relevantPaths.ts'

const literal = (...paths: string[]) => paths.map((path) => `:(top,literal)${path}`)
const of = (...paths: string[]) => pathspecsOf({ paths, modules: [], globs: [] })

describe('the pathspecs of what is relevant', () => {
  it('name files, folders and globs from the top', () => {
    expect(pathspecsOf({ paths: ['a/b.ts', 'drizzle'], modules: [], globs: ['**/*.sql'] })).toEqual(
      [':(top,icase,glob)**/*.sql', ...literal('a/b.ts', 'drizzle')],
    )
  })

  it('leave out what a folder among them holds', () => {
    expect(of('drizzle/meta/a.json', 'drizzle', 'drizzle', 'drizzle-pg/a')).toEqual(
      literal('drizzle', 'drizzle-pg/a'),
    )
  })

  it('name whatever could be imported in place of a module', () => {
    const modules = ['src/users.schema.ts', 'src/[db]/index.ts', 'drizzle/a.ts']
    expect(pathspecsOf({ paths: ['drizzle'], modules, globs: [] })).toEqual([
      ...literal('drizzle'),
      ':(top,icase,glob)src/users.schema.*',
      String.raw`:(top,icase,glob)src/\[db\]/index.*`,
      String.raw`:(top,icase,glob)src/\[db\].*`,
    ])
  })

  it('are everything where the top folder is among them', () => {
    expect(of('a/b.ts', '')).toEqual([':(top)'])
  })

  it('end before a name that a line cannot hold', () => {
    expect(of('a/b\nc/d.ts', 'e')).toEqual(literal('a', 'e'))
    expect(of('a/\ufffd.ts')).toEqual(literal('a'))
    expect(of('a\nb')).toEqual([':(top)'])
  })

  it('are shortened to folders where there are very many', () => {
    const files = Array.from({ length: 100 }, (_, i) => `packages/db/src/${i}.ts`)
    const some = pathspecsOf({ paths: ['drizzle'], modules: files, globs: ['**/*.sql'] }, 1000)
    expect(some).toEqual([':(top,icase,glob)**/*.sql', ...literal('drizzle', 'packages/db/src')])
    const top = Array.from({ length: 100 }, (_, i) => `a-rather-long-name-${i}.ts`)
    expect(pathspecsOf({ paths: top, modules: [], globs: [] }, 1000)).toEqual([':(top)'])
  })
})
