// Random deployments on PGlite against what `effects` says of them:
// npm run fuzz -- [--seed 1] [--count 1000] [--verbose]
import { openPglite } from '../src/verify/trace/index.ts'
import { type Difference, compareDeployment } from '../test/fuzz/postgres/compare.ts'
import { randomDeployment } from '../test/fuzz/postgres/deployment.ts'
import { shrink } from '../test/fuzz/postgres/shrink.ts'
import { Random } from '../test/fuzz/random.ts'

const args = process.argv.slice(2)
const numberOf = (name: string, otherwise: number): number => {
  const at = args.indexOf(name)
  return at < 0 ? otherwise : Number(args[at + 1])
}
/** What a smaller deployment has to show, too. */
const trait = ({ aspect, measured }: Difference): string =>
  aspect === 'error' ? `error ${(measured as { code?: string } | null)?.code ?? ''}` : aspect

const first = numberOf('--seed', 1)
const wanted = numberOf('--count', 1000)

/** A PGlite grows with what it has run. */
const PER_DATABASE = 400

let client = await openPglite()
let statements = 0
let deployments = 0
let unusable = 0
const found = new Map<string, number>()
for (let seed = first; statements < wanted; seed++) {
  if (++deployments % PER_DATABASE === 0) {
    await client.close()
    client = await openPglite()
  }
  const deployment = randomDeployment(new Random(seed))
  try {
    const { statements: run, differences } = await compareDeployment(client, deployment)
    statements += run
    if (Math.floor(statements / 1000) > Math.floor((statements - run) / 1000)) {
      process.stderr.write(`${statements} statements up to seed ${seed}\n`)
    }
    if (run === 0) unusable++
    if (differences.length > 0) {
      for (const { aspect } of differences) found.set(aspect, (found.get(aspect) ?? 0) + 1)
      console.log(`\n--- seed ${seed}: ${differences.map(({ aspect }) => aspect).join(', ')}`)
      const wanted = differences.map(trait)
      const least = await shrink(deployment, async (smaller) => {
        const { differences: shown } = await compareDeployment(client, smaller)
        return shown.map(trait).some((one) => wanted.includes(one))
      })
      console.log(`${least.before.replaceAll('--> statement-breakpoint', ';')}\n=== pending`)
      console.log(least.files.map((file) => file.join(';\n')).join('\n--- next file\n'))
      const shown = await compareDeployment(client, least)
      for (const { aspect, told, measured } of shown.differences) {
        console.log(`${aspect}: told ${JSON.stringify(told)}, measured ${JSON.stringify(measured)}`)
      }
    }
  } catch (error) {
    found.set('crash', (found.get('crash') ?? 0) + 1)
    console.log(`\n--- seed ${seed}: crash ${String(error)}`)
    console.log(`${deployment.before}\n=== pending\n${deployment.files.flat().join(';\n')}`)
    await client.close().catch(() => undefined)
    client = await openPglite()
  }
}
await client.close()
const sum = [...found].map(([aspect, count]) => `${count} ${aspect}`).join(', ')
console.log(`\n${deployments} deployments, ${statements} statements, ${unusable} without a base`)
console.log(sum === '' ? 'no difference' : `differences: ${sum}`)
process.exitCode = sum === '' ? 0 : 1
