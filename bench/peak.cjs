// Required before a measured program: leaves the most memory it held, in megabytes, in a file.
const file = process.env.BENCH_PEAK
delete process.env.BENCH_PEAK
// Its threads require this, too: they are part of what the process held.
if (file !== undefined) {
  process.on('exit', () => {
    const peak = Math.round(process.resourceUsage().maxRSS / 1024)
    require('node:fs').writeFileSync(file, String(peak))
  })
}
