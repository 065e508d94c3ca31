import { renderPicture } from './render-picture.js'
import type { Job } from './render-job.js'

/**
 * The program of a decoding process. Only it opens strangers' files: without secrets, and within limits (OWASP ASVS 5.2.6).
 * It ends with its parent, and kills itself when it grows too large.
 */
const maxBytes = Number(process.argv[2]) * 1024 * 1024
setInterval(() => {
  if (process.memoryUsage.rss() > maxBytes) process.kill(process.pid, 'SIGKILL')
}, 50).unref()

process.on('disconnect', () => process.exit())
process.on('message', (job: Job) => {
  renderPicture(job).then(
    (outcome) => process.send?.({ outcome, rss: process.memoryUsage.rss() }),
    (error: unknown) => process.send?.({ failure: String(error), rss: process.memoryUsage.rss() }),
  )
})
