/** The statements of a psql script, without its commands, its variables' and COPY's data. */
export function psqlStatements(text: string): readonly string[] {
  const statements: string[] = []
  const source = withoutPsql(text)
  let start = 0
  let depth = 0
  let atomic = 0
  for (let at = 0; at < source.length;) {
    const token = TOKEN.exec(((TOKEN.lastIndex = at), source))
    if (token?.index !== at) {
      at++
      continue
    }
    const [word] = token
    at += word.length
    if (word === '(') depth++
    else if (word === ')') depth = Math.max(0, depth - 1)
    else if (/^begin\s+atomic$/i.test(word)) atomic = 1
    else if (atomic > 0 && /^case$/i.test(word)) atomic++
    else if (atomic > 0 && /^end$/i.test(word)) atomic--
    else if (word === ';' && depth === 0 && atomic === 0) {
      statements.push(source.slice(start, at))
      start = at
    }
  }
  return statements.filter((statement) => /[a-z]/i.test(statement.replaceAll(/--.*/g, '')))
}

const TOKEN =
  /--[^\n]*|\/\*[^]*?\*\/|[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[^]*?\$\1\$|\bbegin\s+atomic\b|\w+|[();]/giy

/** Commands of psql take a line or its end; `\g…` sends what stands before it. */
function withoutPsql(text: string): string {
  const kept: string[] = []
  let inData = false
  for (const line of text.split('\n')) {
    if (inData) inData = line !== '\\.'
    else if (/^\\/.test(line)) kept.push('')
    else {
      kept.push(line.replace(/\\(?:g\w*|watch|crosstabview|parse|bind|;).*$/, ';'))
      inData = /^copy\b.*\bfrom\s+stdin\b.*;\s*$/i.test(line)
    }
  }
  return kept.join('\n')
}
