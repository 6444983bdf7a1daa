/**
 * Whether every combination is tried, which CI does in a job of its own: `npm run test:matrix`. Else
 * each combination that differs in kind is.
 */
export const wholeMatrix = process.env['MODE'] === 'matrix'
