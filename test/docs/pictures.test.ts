import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pictures } from '../../scripts/pictures.mjs'
import { terminalPicture } from '../../scripts/terminalPicture.mjs'
import { builtCli } from '../built.ts'

test('the pictures show what the program prints', () => {
  builtCli()
  const folder = path.join(import.meta.dirname, '../../docs/pictures')
  for (const [name, svg] of pictures())
    expect(readFileSync(path.join(folder, name), 'utf8'), `${name}: npm run docs`).toBe(svg)
})

test('a picture keeps styles and places, and escapes what would be markup', () => {
  const picture = terminalPicture(
    'run "it"',
    '\u001B[1m\u001B[31merror\u001B[39m\u001B[22m  a < b\n',
  )
  expect(picture).toContain('aria-label="run &quot;it&quot;"')
  expect(picture).toContain('<tspan fill="#f47067" font-weight="bold">error</tspan>')
  expect(picture).toContain('<tspan>  a &lt; b</tspan>')
  expect(() => terminalPicture('x', '\u001B[95mnew\u001B[0m')).toThrow('no picture yet')
})
