import type { Finding } from '../finding/finding.ts'

/**
 * The help of findings that are printed one below the other: what the reader has been told about a rule
 * already is not said again. One for each report.
 */
export class Helps {
  private readonly said = new Map<string, Set<string>>()

  /** What is left to say; `as above` stands for the sentences that were printed before. */
  of({ rule, help }: Pick<Finding, 'rule' | 'help'>): string {
    const said = this.said.get(rule) ?? new Set<string>()
    this.said.set(rule, said)
    const sentences = help.split(SENTENCE).filter((sentence) => sentence !== '')
    const left = sentences.filter((sentence) => !said.has(sentence))
    for (const sentence of sentences) said.add(sentence)
    return left.length === sentences.length ? help : ['as above.', ...left].join(' ')
  }
}

/** Where a sentence ends and another one begins. */
const SENTENCE = /(?<=[a-z)][.?]) (?=[A-Z])/
