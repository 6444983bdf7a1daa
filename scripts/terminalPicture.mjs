// What a terminal shows, as SVG: for pictures in the documentation.

/** Width of a character and height of a line, in units of the picture. */
const CELL = { width: 8.4, height: 19 }
const MARGIN = 18

/** @typedef {{ color: string | null, bold: boolean, dim: boolean, underline: boolean }} Style */

/** @type {Style} */
const PLAIN = { color: null, bold: false, dim: false, underline: false }

/** @type {Readonly<Record<string, string>>} */
const COLORS = {
  31: '#f47067',
  32: '#57ab5a',
  33: '#c69026',
  34: '#539bf5',
  35: '#b083f0',
  36: '#39c5cf',
  90: '#768390',
}

/**
 * @param {string} command - what was typed
 * @param {string} output - what was printed, with ANSI colours
 * @returns {string} an SVG
 */
export function terminalPicture(command, output) {
  const lines = [`\u001B[90m$\u001B[0m ${command}`, ...output.trimEnd().split('\n')].map(styled)
  const columns = Math.max(...lines.map((runs) => runs.reduce((n, { text }) => n + width(text), 0)))
  const size = {
    width: Math.ceil(columns * CELL.width + 2 * MARGIN),
    height: lines.length * CELL.height + 2 * MARGIN,
  }
  const rows = lines.map((runs, i) => {
    const y = MARGIN + (i + 0.75) * CELL.height
    return `<text x="${MARGIN}" y="${y}">${runs.map(span).join('')}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${escape(command)}">
<rect width="100%" height="100%" rx="8" fill="#22272e"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#adbac7" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`
}

/**
 * The runs of one style in a line.
 *
 * @param {string} line
 */
function styled(line) {
  /** @type {(Style & { text: string })[]} */
  const runs = []
  let style = PLAIN
  // eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
  for (const part of line.split(/(\u001B\[[\d;]*m)/)) {
    // eslint-disable-next-line no-control-regex -- as above
    const codes = /^\u001B\[([\d;]*)m$/.exec(part)
    if (codes) style = (codes[1] ?? '').split(';').reduce(withCode, style)
    else if (part !== '') runs.push({ text: part, ...style })
  }
  return runs
}

/**
 * @param {Style} style
 * @param {string} code
 * @returns {Style}
 */
function withCode(style, code) {
  if (code === '' || code === '0') return PLAIN
  if (code === '1') return { ...style, bold: true }
  if (code === '2') return { ...style, dim: true }
  if (code === '4') return { ...style, underline: true }
  if (code === '24') return { ...style, underline: false }
  if (code === '22') return { ...style, bold: false, dim: false }
  if (code === '39') return { ...style, color: null }
  const color = COLORS[code]
  if (color !== undefined) return { ...style, color }
  throw new Error(`the style ${code} has no picture yet`)
}

/** @param {Style & { text: string }} run */
function span({ text, color, bold, dim, underline }) {
  const attributes = [
    color && ` fill="${color}"`,
    bold && ' font-weight="bold"',
    dim && ' opacity="0.6"',
    underline && ' text-decoration="underline"',
  ]
  return `<tspan${attributes.filter(Boolean).join('')}>${escape(text)}</tspan>`
}

/** @param {string} text */
function width(text) {
  return [...text].length
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
