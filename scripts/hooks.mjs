// Runs after npm has changed node_modules: turns this repository's own git hooks on, where husky is
// installed. Not as `prepare`: npm warns whoever installs the package about that script.
const husky = await import('husky').catch(() => null)
const problem = husky?.default()
if (problem) console.log(`husky: ${problem}`)
