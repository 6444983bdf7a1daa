import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'

// In a process of its own: vitest replaces import(), and the warning goes to the real stderr.
test('a package.json without a type draws no warning, another warning still shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-import-'))
  try {
    const source = fileURLToPath(new URL('../../src/config/importModule.ts', import.meta.url))
    const bundle = join(folder, 'bundle.mjs')
    buildSync({
      entryPoints: [source],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: bundle,
    })
    writeFileSync(join(folder, 'package.json'), '{}')
    writeFileSync(
      join(folder, 'config.js'),
      "process.emitWarning('mind the gap'); export default { base: 'trunk' }",
    )
    const script = `import { importModule } from ${JSON.stringify(bundle)}
      const { default: config } = await importModule(${JSON.stringify(join(folder, 'config.js'))})
      process.on('warning', ({ message }) => console.log('warning:', message))
      setTimeout(() => console.log(config.base), 20)`
    const args = ['--no-warnings', '--input-type=module', '-e', script]
    const output = execFileSync(process.execPath, args, { encoding: 'utf8' })
    expect(output).toBe('warning: mind the gap\ntrunk\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
