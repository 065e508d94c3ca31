import { join } from 'node:path'
import { judgeHead } from './judge-head.js'
import { judgeUpload } from './judge-upload.js'
import { type Job, SOURCE } from './jobs.js'
import { isMachineFault, MachineFault } from './machine-fault.js'

/**
 * The program of a decoding process. Only it reads strangers' files (OWASP ASVS 5.2.6): without secrets, without network, within
 * the folder of its process. Whoever started it watches over its limits, and it ends with them.
 */
async function answer(job: Job): Promise<unknown> {
  if (job.kind === 'head') return judgeHead(Buffer.from(job.head, 'base64'))
  const source = join(job.folder, SOURCE)
  if (job.kind === 'judge') return judgeUpload(source)
  const { renderPicture } = await import('./render-picture.js').catch((cause: unknown) => {
    throw new MachineFault('the decoders cannot be loaded', { cause })
  })
  return renderPicture({ source, folder: job.folder })
}

process.on('disconnect', () => process.exit())
process.on('message', (job: Job) => {
  answer(job).then(
    (answered) => process.send?.({ answered }),
    (error: unknown) => process.send?.({ failure: String(error).slice(0, 1_000), ofMachine: isMachineFault(error) }),
  )
})
