import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const top = path.join(import.meta.dirname, '../..')

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(path.join(top, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
]

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}

test.each(pages)('every link of %s leads somewhere', (page) => {
  const text = readFileSync(path.join(top, page), 'utf8')
  const prose = text.replace(/^ *```[^]*?^ *```$/gm, '').replace(/`[^`\n]*`/g, '')
  const links = [...prose.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link!)
  const dead = links.filter((link) => {
    const [file, anchor] = link.split('#') as [string, string?]
    const target = file === '' ? page : path.join(path.dirname(page), file)
    if (!existsSync(path.join(top, target))) return true
    if (anchor === undefined) return false
    return !anchorsOf(readFileSync(path.join(top, target), 'utf8')).includes(anchor)
  })
  expect(dead).toEqual([])
})
