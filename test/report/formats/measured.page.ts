import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { page } from '../../../src/report/formats/html.ts'
import { Chromium, chromiumFile } from '../../browser/chromium.ts'
import { CREATE_USERS, project } from '../../check/projects.ts'
import { verified } from '../../check/verification/verified.ts'

const BREAK = '--> statement-breakpoint\n'
const LONG = 'a_table_whose_name_is_as_long_as_postgresql_lets_a_name_be_at_all'.slice(0, 63)

const file = chromiumFile()
if (file === null) console.info('skipped: there is no Chromium here to look at pages with')

describe.skipIf(file === null)("verify's page in a browser", () => {
  let browser: Chromium
  let path: string

  beforeAll(async () => {
    browser = new Chromium(file!)
    const result = await verified(
      project({
        '0000_before': `${CREATE_USERS}${BREAK}CREATE TABLE "${LONG}" ("id" serial PRIMARY KEY, "user_id" integer);`,
        '0001_pending': `ALTER TABLE "users" ALTER COLUMN "id" SET DATA TYPE bigint;${BREAK}
          CREATE UNIQUE INDEX "users_email" ON "users" ("email");${BREAK}
          ALTER TABLE "${LONG}" ADD CONSTRAINT "a_key" FOREIGN KEY ("user_id") REFERENCES "users" ("id");${BREAK}
          ALTER TABLE "${LONG}" ADD COLUMN "required" text NOT NULL;${BREAK}
          ${Array.from({ length: 14 }, (_, i) => `ALTER TABLE "users" ADD COLUMN "column_${i}" text DEFAULT '<b>${'x'.repeat(i)}</b>';`).join(BREAK)}
          COMMIT;${BREAK}CREATE INDEX CONCURRENTLY "users_column_1" ON "users" ("column_1");`,
      }),
      { kind: 'since', tag: '0000_before' },
    )
    path = join(mkdtempSync(join(tmpdir(), 'migration-lint-page-')), 'verify.html')
    writeFileSync(path, page(result, { quiet: false }))
  })
  afterAll(() => browser?.close())

  describe.each([400, 1280])('%i pixels wide', (width) => {
    test.each(['light', 'dark'] as const)(
      '%s: no error, nothing clipped, and legible',
      async (theme) => {
        const { errors, ask } = await browser.open(path, { width, theme })
        expect(await ask<string>('document.querySelector("svg").textContent')).toContain('users')
        expect(await ask(CLIPPED)).toEqual([])
        expect(await ask(FAINT)).toEqual([])
        expect(await ask<number[]>(BACKGROUND)).toSatisfy(([red = 0]: number[]) =>
          theme === 'dark' ? red < 64 : red > 192,
        )
        expect(errors).toEqual([])
      },
    )
  })
})

/** What sticks out of the window, or of the picture it is in. */
const CLIPPED = `(() => {
  const found = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) found.push('the page: ' + root.scrollWidth)
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect()
    const frame = (element.ownerSVGElement ?? (element.closest('pre') ? null : document.body))
    if (box.width === 0 || frame === null) continue
    const { left, right, top, bottom } = frame.getBoundingClientRect()
    const isOut = box.left < left - 1 || box.right > right + 1 || box.top < top - 1 || box.bottom > bottom + 1
    if (isOut) found.push(element.tagName + ': ' + element.textContent.slice(0, 60))
  }
  return found
})()`

const CHANNELS = `const channels = (color) => color.match(/[\\d.]+/g).map(Number)`

const BACKGROUND = `(() => { ${CHANNELS}; return channels(getComputedStyle(document.body).backgroundColor) })()`

/** Text with a contrast below 4.5 : 1 against the page (WCAG 2.2, 1.4.3). */
const FAINT = `(() => {
  ${CHANNELS}
  const luminance = (color) => {
    const [r, g, b] = channels(color).slice(0, 3).map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const backOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at)
      if (channels(backgroundColor)[3] !== 0) return backgroundColor
    }
    return 'rgb(255, 255, 255)'
  }
  const found = []
  for (const element of document.querySelectorAll('body *')) {
    const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!isText || element.tagName === 'title') continue
    const style = getComputedStyle(element)
    const one = luminance(element.ownerSVGElement ? style.fill : style.color)
    const other = luminance(backOf(element))
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    if (contrast < 4.5) found.push(contrast.toFixed(1) + ' ' + element.tagName + ' ' + element.textContent.slice(0, 40))
  }
  return found
})()`
