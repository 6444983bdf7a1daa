import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const top = path.join(import.meta.dirname, '../..')
const page = readFileSync(path.join(top, 'docs/troubleshooting.md'), 'utf8')
const headings = [...page.matchAll(/^### `(.+)`$/gm)].map(([, heading]) => heading!)

/** A text as the page writes it, `…` for each part that differs; several where it depends. */
function textsOf(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map(({ literal }) => `…${literal.text}`)
    return [node.head.text + rest.join('')]
  }
  if (ts.isConditionalExpression(node)) {
    return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)]
  }
  if (ts.isBinaryExpression(node)) {
    return textsOf(node.left).flatMap((left) => textsOf(node.right).map((right) => left + right))
  }
  return []
}

/** The messages of the problems that a file makes, by itself or through a function of its own. */
function messagesIn(file: ts.SourceFile): readonly string[] {
  const messages: string[] = []
  const makers = new Map<string, number>()
  const visit = (node: ts.Node, visitor: (node: ts.Node) => void): void => {
    visitor(node)
    ts.forEachChild(node, (child) => visit(child, visitor))
  }
  visit(file, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return
    const named = (name: string) => node.properties.find((one) => one.name?.getText(file) === name)
    const message = named('message')
    if (!message || !named('help') || !named('file')) return
    if (ts.isPropertyAssignment(message)) messages.push(...textsOf(message.initializer))
    const maker = ts.findAncestor(node, ts.isFunctionDeclaration)
    const at = maker?.parameters.findIndex((one) => one.name.getText(file) === 'message') ?? -1
    if (ts.isShorthandPropertyAssignment(message) && at >= 0) makers.set(maker!.name!.text, at)
  })
  visit(file, (node) => {
    if (!ts.isCallExpression(node)) return
    const given = node.arguments[makers.get(node.expression.getText(file)) ?? -1]
    if (given) messages.push(...textsOf(given))
  })
  return messages
}

const files = readdirSync(path.join(top, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  // A broken journal is a finding of invalid-json.
  .filter((file) => path.basename(file) !== 'journal.ts')
const messages = files.flatMap((file) => {
  const text = readFileSync(path.join(top, 'src', file), 'utf8')
  return messagesIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
})

/** What is nothing but what others say cannot be looked up. */
const hasWords = (message: string) => /\w+\s+\w+/.test(message.replaceAll('…', ' '))

describe('docs/troubleshooting.md', () => {
  const expected = new Set(messages.filter(hasWords))

  test('has an entry for every message about what could not be done', () => {
    expect(expected.size).toBeGreaterThan(50)
    expect([...expected].filter((message) => !headings.includes(message))).toEqual([])
  })

  test('has no entry for a message that is gone', () => {
    expect(headings.filter((heading) => !expected.has(heading))).toEqual([])
  })
})
